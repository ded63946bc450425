//! What rooms are called.

/// Whether one of the words of a folded text is that of a room.
pub(super) fn says_room(plain: &str) -> bool {
    const ROOMS: [&str; 26] = [
        "room",
        "hall",
        "sala",
        "salon",
        "salle",
        "track",
        "auditorio",
        "auditorium",
        "stream",
        "aula",
        "stage",
        "escenario",
        "theatre",
        "teatro",
        "eje",
        "linea",
        "grupo",
        "group",
        "groupe",
        "taller",
        "workshop",
        "atelier",
        "oficina",
        "mesa",
        "amphi",
        "plenaria",
    ];
    plain.split(' ').any(|word| ROOMS.contains(&word))
}
