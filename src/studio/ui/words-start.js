// @ts-check
// The words of the beginning and of imports, in both languages.

/** @param {number} n @param {string} one @param {string} many */
const count = (n, one, many) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

export const startWords = {
  begin: { es: "Comenzar", en: "Begin" },
  dropDocument: { es: "Suelte aquí el documento", en: "Drop the document here" },
  startWhy: { es: "En esta carpeta todavía no hay ningún programa. Puede comenzar de tres maneras.", en: "There is no programme in this folder yet. You can begin in three ways." },
  importDocument: { es: "Desde un documento", en: "From a document" },
  importWhy: {
    es: "Suelte aquí la agenda o la nota conceptual que ya tiene: Word, PDF, hoja de cálculo, página web, correo o texto.",
    en: "Drop the agenda or concept note you already have here: Word, PDF, spreadsheet, web page, mail or text.",
  },
  newGroup: { es: "Un grupo nuevo", en: "A new group" },
  newGroupWhy: { es: "Con su nombre y los países que lo forman. Las sesiones se agregan después.", en: "With its name and the countries in it. Sessions are added afterwards." },
  openExample: { es: "Ver el ejemplo", en: "Open the example" },
  exampleWhy: { es: "Un programa pequeño con una sesión, para probarlo todo. Se puede deshacer.", en: "A small programme with one session, to try everything. It can be undone." },
  nameOfGroup: { es: "Nombre del grupo", en: "Name of the group" },
  countries: { es: "Países miembros", en: "Member countries" },
  zoneOf: { es: "Las horas son las de", en: "Times are those of" },
  otherCountry: { es: "Otro país", en: "Another country" },
  create: { es: "Comenzar el grupo", en: "Create the group" },
  // import
  importing: { es: "Importar", en: "Import" },
  paste: { es: "O pegue aquí el texto", en: "Or paste the text here" },
  readPaste: { es: "Leer lo pegado", en: "Read the pasted text" },
  pasted: { es: "Lo pegado", en: "Pasted text" },
  source: { es: "El documento", en: "The document" },
  foundSessions: { es: (/** @type {number} */ n) => count(n, "sesión encontrada", "sesiones encontradas"), en: (/** @type {number} */ n) => count(n, "session found", "sessions found") },
  foundNothing: {
    es: "No se encontró ninguna agenda. Una agenda tiene renglones con horas (10:00), con duraciones (15 min) o puntos numerados bajo «orden del día».",
    en: "No agenda was found. An agenda has lines with hours (10:00), with lengths (15 min), or numbered points under “agenda”.",
  },
  correctLine: { es: (/** @type {number} */ n) => `Corregir el renglón ${n}`, en: (/** @type {number} */ n) => `Correct line ${n}` },
  correctLines: { es: "Corrija un renglón y el resto se lee de nuevo; el documento queda como está.", en: "Correct a line and the rest is read again; the document stays as it is." },
  sure: { es: (/** @type {number} */ n) => `${n} % de seguridad`, en: (/** @type {number} */ n) => `${n} % sure` },
  notAnItem: { es: "No es un punto:", en: "Not an item:" },
  inferredWord: { es: "Se dedujo:", en: "Inferred:" },
  toSettle: { es: "Le toca resolver", en: "For you to settle" },
  goodToKnow: { es: (/** @type {number} */ n) => count(n, "observación más", "observaciones más"), en: (/** @type {number} */ n) => count(n, "more remark", "more remarks") },
  yearOf: { es: "Año de las fechas que no lo dicen", en: "Year for dates without one" },
  acceptImport: { es: (/** @type {number} */ n) => `Agregar ${count(n, "archivo", "archivos")} al programa`, en: (/** @type {number} */ n) => `Add ${count(n, "file", "files")} to the programme` },
  nothingNew: { es: "No hay nada nuevo: el programa ya dice lo mismo.", en: "Nothing new: the programme already says the same." },
  pickBelow: { es: "Elija abajo qué tomar", en: "Choose below what to take" },
  another: { es: "Otro documento", en: "Another document" },
  already: { es: (/** @type {string} */ path) => `\`${path}\` ya existe y dice otra cosa:`, en: (/** @type {string} */ path) => `\`${path}\` already exists and says something different:` },
  takeAll: { es: "Tomar todo lo del documento", en: "Take everything from the document" },
  takeNone: { es: "Dejar todo como está", en: "Leave everything as it is" },
  takePicked: { es: (/** @type {number} */ n) => `Tomar ${count(n, "cambio", "cambios")}`, en: (/** @type {number} */ n) => `Take ${count(n, "change", "changes")}` },
  notTaken: { es: "Esto no se pudo tomar; hágalo a mano:", en: "This could not be taken over; please do it by hand:" },
  unreadFile: { es: (/** @type {string} */ name) => `«${name}» no se puede leer: ¿es una carpeta, o ya no está?`, en: (/** @type {string} */ name) => `“${name}” cannot be read: is it a folder, or is it gone?` },
  readingDocument: { es: "Leyendo el documento…", en: "Reading the document…" },
};
