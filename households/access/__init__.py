"""Who may do what, where and when: roles as data, grants as rows, the scope they give, and the one check of both."""
