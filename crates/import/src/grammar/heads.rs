//! The words over the columns of a table, folded.

/// Words that say whose column a column of a table is.
pub fn heads(word: &str) -> Option<Head> {
    Some(match word {
        "time" | "times" | "hora" | "horas" | "horario" | "horarios" | "hour" | "hours" | "heure" | "heures" | "horaire"
        | "horaires" | "when" | "inicio" | "start" | "starts" | "fecha/hora" | "schedule" | "debut" | "scheduled at" => {
            Head::Time
        }
        "fin" | "final" | "end" | "ends" | "termino" | "hasta" | "until" => Head::End,
        "duration" | "duracion" | "duracao" | "duree" | "timebox" | "min" | "mins" | "minutes" | "minutos" | "tiempo"
        | "tempo" | "length" | "temps" | "scheduled duration" => Head::Minutes,
        "topic" | "topics" | "tema" | "temas" | "actividad" | "actividades" | "activity" | "activities" | "title" | "titulo"
        | "titre" | "atividade" | "atividades" | "sujet" | "sujets" | "asunto" | "assunto" | "item" | "items" | "punto"
        | "puntos" | "session" | "sesion" | "sessao" | "programa" | "program" | "programme" | "agenda" | "contenido"
        | "contenu" | "conteudo" | "activite" | "activites" | "event" | "evento" | "talk" | "charla" | "descripcion"
        | "description" | "what" | "theme" | "modulo" | "evenement" | "evenements" | "sequence" | "etape" | "intitule"
        | "seance" | "proposal title" | "session title" => Head::Title,
        "presenter" | "presenters" | "presenter(s)" | "speaker" | "speakers" | "speaker(s)" | "ponente" | "ponentes"
        | "expositor" | "expositora" | "expositores" | "responsable" | "responsables" | "responsavel" | "intervenant"
        | "intervenants" | "intervenant(s)" | "palestrante" | "palestrantes" | "orador" | "oradores" | "who" | "quien"
        | "facilitador" | "facilitadores" | "encargado" | "encargados" | "lead" | "leader" | "participantes" | "participants"
        | "a cargo" | "cargo" | "conferencista" | "conferencistas" | "disertante" | "disertantes" | "moderator" | "moderador"
        | "moderadora" | "moderadores" | "modera" | "presenta" | "presentador" | "presentadores" | "institucion"
        | "organizacion" | "animateur" | "panelistas" | "host" | "owner" | "owners" | "speaker names" | "speaker name"
        | "expone" | "presents" | "convidado" | "convidados" => Head::Speakers,
        "lugar" | "place" | "room" | "sala" | "location" | "salle" | "lieu" | "local" | "venue" | "ubicacion" | "salon"
        | "where" => Head::Place,
        "date" | "fecha" | "data" | "day" | "dia" | "jour" => Head::Date,
        "start date" => Head::Date,
        "start time" | "hora inicio" | "hora de inicio" | "hora inicial" | "heure de debut" => Head::Time,
        "end time"
        | "end date"
        | "hora fin"
        | "hora de fin"
        | "hora final"
        | "hora de termino"
        | "hora termino"
        | "hora de finalizacion"
        | "hora de cierre"
        | "hora fim"
        | "heure de fin" => Head::End,
        // What a program keeps for itself.
        "session type" | "proposal state" | "track" | "language" | "idioma" => Head::Number,
        "session id" | "id" | "owner email" | "owner notes" | "status" | "level" | "date submitted" => Head::Number,
        "no" | "n" | "#" | "num" | "numero" | "number" | "nr" => Head::Number,
        "notes" | "notas" | "observaciones" | "comments" | "comentarios" | "remarks" | "remarques" | "slides" | "materials"
        | "link" | "links" | "objetivo" | "objetivos" | "metodologia" | "recursos" | "materiales" => Head::Remarks,
        _ => return None,
    })
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    Time,
    End,
    Minutes,
    Title,
    Speakers,
    Place,
    Date,
    Number,
    Remarks,
}
