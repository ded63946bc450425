//! The words by which people answer, in both languages, without accents: each a word or several in a row, where `*` ends
//! the stem of a word.

/// Somebody else comes, something is accepted that is no invitation, or it is about the mail itself.
pub(super) const UNCLEAR: &[&str] = &[
    "en mi lugar", "mi representacion", "en representacion", "en mi nombre", "in my place", "my behalf", "my stead", "instead of me",
    "nuestra representacion", "enviare a", "enviara a", "enviaremos a", "delego", "delegamos", "suplente", "substitute", "acept* que",
    "pero a", "but at", "but only", "pero solo", "boton", "button", "clic", "click", "press",
];
pub(super) const OTHER_TIME: &[&str] = &[
    "propongo", "proponemos", "propose*", "proposing", "nueva hora", "otra hora", "otra fecha", "otro dia", "other time",
    "another time", "another date", "new time", "reprogram*", "reschedul*", "posponer", "postpone",
];
pub(super) const DOUBT: &[&str] = &[
    "tal vez", "quiza*", "maybe", "perhaps", "might", "tratare*", "intentare*", "procurare*", "ill try", "will try", "probabl*",
    "posiblemente", "possibly", "tentativ*", "provisional*", "no se si", "no estoy segur*", "not sure", "no creo", "dont know if",
    "hopefully", "espero poder", "espero asistir", "espero acompanar*", "ojala", "hope to attend", "hope to join", "hope to make",
    "dudo", "tengo dudas", "doubt", "hardly", "dificilmente", "si puedo", "si podemos", "si tengo", "si tenemos", "si logro",
    "si es posible", "if i", "if we",
];
pub(super) const RECEIVED: &[&str] = &["recib*", "recepcion", "received", "receipt", "acuso"];
pub(super) const LATER: &[&str] = &[
    "confirmare*", "avisare*", "responderemos", "respondere", "let you know", "get back", "will confirm", "ill confirm",
    "well confirm", "estare confirmando", "le aviso", "les aviso", "le digo", "les digo", "le respondo", "les respondo", "consult*",
];
/// What takes something back from an acceptance that stands beside it.
pub(super) const RESERVATION: &[&str] = &[
    "pero", "aunque", "salvo", "excepto", "sin embargo", "siempre y cuando", "siempre que", "si es", "si fuera", "solo", "solamente",
    "unicamente", "parcialmente", "llegare tarde", "llego tarde", "mas tarde", "retir*", "imprevisto*", "depend*", "de viaje",
    "vacaciones", "fuera de la oficina", "but", "only", "unless", "except", "however", "although", "though", "partially", "arrive late",
    "salvedad", "condicion*", "reservas", "mas no", "no como", "pendiente*", "condition*", "instead", "not as", "check*", "pending",
    "join late", "be late", "have to leave", "must leave", "leave early", "until", "on leave", "out of the office",
];
/// What stands below mails, and speaks of other things.
pub(super) const SMALL_PRINT: &[&str] =
    &["destinatari*", "intended recipient", "confidencial*", "confidential*", "imprima*", "print this"];
pub(super) const NEGATION: &[&str] = &["no", "not", "tampoco", "nunca", "ni", "cannot", "cant", "wont"];
/// A "no" that refuses nothing.
pub(super) const HARMLESS: &[&str] = &[
    "no hay problema", "no hay inconveniente", "no tengo inconveniente", "no tenemos inconveniente", "no tengo problema",
    "no tengo objecion", "no falt*", "no dud*", "no dej*", "no problem*", "no worries", "no objection",
];
pub(super) const STAYING: &[&str] = &["no faltare*", "no dejare* de"];
/// What is refused with a "no" before it: "no podré", "not be able to".
pub(super) const ABLE: &[&str] = &[
    "pod*", "pued*", "posible", "possible", "able", "voy", "vamos", "acept*", "accept*", "disponib*", "available", "cuent*",
    "contamos", "can", "viable", "cannot", "cant", "wont", "asist*", "particip*", "acompan*", "estare*", "ire", "iremos",
    "attend*", "join*", "come", "make it",
];
/// Of what is not known yet: "no puedo confirmar todavía".
pub(super) const CONFIRMING: &[&str] = &["confirmar*", "confirm", "decir*", "say", "responder*", "abrir", "open", "conectar*", "connect"];
pub(super) const DECLINING: &[&str] = &[
    "declin*", "rechaz*", "imposible", "impossible", "unable", "sin posibilidad", "cancelo", "cancelamos", "retiro mi", "retiramos nuestr*", "otro compromiso",
    "compromiso previo", "another commitment", "prior commitment", "other commitment", "me excuso", "mis excusas", "nuestras excusas",
    "my regrets", "our regrets", "my apologies", "our apologies",
];
/// Before a "no" that refuses, these are the other choice: "acepto / no asistiré".
pub(super) const OTHER_CHOICE: &[&str] = &["acept*", "accept*", "asistire*", "si", "yes"];
/// With these beside it only a part is declined, or a way to attend.
pub(super) const PARTIAL: &[&str] = &[
    "parte", "mitad", "minutos", "primer*", "segunda", "inicio", "comienzo", "principio", "el final", "complet*", "todo el", "toda la",
    "presencial*", "en persona", "virtual*", "personalmente", "a tiempo", "part", "half", "minutes", "first", "second", "beginning",
    "end", "whole", "entire", "in person", "personally", "on time",
];
/// That whoever writes comes, in whatever words.
pub(super) const ACCEPTING: &[&str] = &[
    "acepto", "aceptamos", "aceptad*", "accept", "accepted", "confirmo", "confirmamos", "confirmad*", "confirm", "confirmed",
    "cuent* conmigo", "cuent* con mi", "cuent* con nosotr*", "cuent* con nuestra", "count me in", "count us in", "count on me",
    "count on us", "nos vemos", "see you there", "por supuesto", "desde luego", "claro que si", "of course", "podre", "podremos",
    "asistire", "asistiremos", "asistira", "asistiran", "asisto", "asistimos", "participare", "participaremos", "participara",
    "participaran", "participo", "participamos", "estare", "estaremos", "ire", "iremos", "acompanare*", "acompanara*", "attending",
    "joining", "be there", "will attend", "ill attend", "well attend", "will participate", "will join", "ill join", "well join",
    "will come", "ill come", "well come",
];
/// With what they do behind it, it is said that they do it: "podrá asistir", "happy to attend".
pub(super) const ENABLING: &[&str] = &[
    "podra", "podran", "puedo", "podemos", "voy", "vamos", "va a", "complace", "gusto", "agrado", "placer", "honra", "honor", "encantad*",
    "permito", "permitimos", "will", "ill", "well", "can", "able", "happy", "glad", "pleased", "pleasure", "delighted", "inconveniente",
    "problema", "problem", "objecion", "objection",
];
pub(super) const INFINITIVE: &[&str] = &[
    "asistir", "participar", "acompanar*", "confirmar", "aceptar", "estar", "attend", "participate", "join", "come", "confirm", "accept",
    "make it", "take part", "be present",
];
/// What speaks of attending, though not of whether.
pub(super) const LIKE_ACCEPTING: &[&str] = &[
    "acept*", "accept*", "asistir*", "confirm*", "participar*", "acompanar*", "podria asistir", "attend", "attends", "would attend",
    "would join", "would come", "would love", "would like", "wish",
];
/// Beside an acceptance they change nothing of it.
pub(super) const FILLING: &[&str] = &[
    "a", "al", "con", "de", "del", "el", "en", "la", "las", "le", "les", "lo", "los", "me", "mi", "nos", "nuestr*", "para", "que", "se",
    "su", "sus", "un", "una", "usted", "ustedes", "y", "ya", "yo", "si", "agradezco", "agradecemos", "ese", "esa", "este", "esta", "dia", "fecha", "hora", "ahi",
    "alli", "alla", "medio", "presente", "presentes", "presencia", "asistencia", "participacion", "sesion", "reunion", "encuentro",
    "evento", "actividad", "convocatoria", "invitacion", "amable", "atent*", "gracias", "much*", "gustos*", "honrad*", "sera", "queda",
    "tambien", "efectivamente", "claro", "senor", "senora", "alcalde", "alcaldesa", "instrucciones", "i", "im", "we", "were", "am", "are",
    "be", "to", "the", "at", "in", "of", "it", "and", "that", "this", "my", "our", "you", "your", "there", "day", "session", "meeting",
    "event", "invitation", "attendance", "participation", "presence", "thank", "thanks", "very", "yes", "sure", "with", "also", "hereby",
    "please",
];
