"""Pages of reported figures and of the wrap-up made from them. They show and ask; every rule lies below."""
