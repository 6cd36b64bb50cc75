/* The page's data and its sentences. */
(function (desk) {
  "use strict";
  const box = document.getElementById("desk-data");
  desk.data = box ? JSON.parse(box.textContent) : null;

  /* told("last_year", {year: 2025, old: "…"}) */
  desk.told = function (name, parts) {
    const sentence = (desk.data && desk.data.words[name]) || "";
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => (parts && key in parts ? String(parts[key]) : whole));
  };
  /* As names are compared: without marks, small letters. */
  desk.plain = function (text) {
    const bare = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d");
    return bare.trim().replace(/\s+/g, " ").toLowerCase();
  };
  desk.idOf = (name) => "id_" + name.replace(/:/g, "_");
})(window.desk = window.desk || {});
