# Åtkomst: vem som får vad, och vilkas rader någon ser.

setting-access-view = Se vem som får vad
setting-access-view-help = Se rättigheterna för varje grupp och användare inom räckvidden, och vem som når vem.
setting-reach-manage = Ge räckvidd
setting-reach-manage-help = Skapa räckvidder och ge dem till grupper och användare – aldrig längre än den egna.

reach-beyond-your-own = Det här når längre än du själv gör. Be någon som når så långt.
reach-changed-meanwhile = Någon annan har ändrat den här räckvidden under tiden. Titta på den igen innan du bestämmer dig.
reach-still-given = Räckvidden är fortfarande given till någon. Ta den från dem först.
reach-no-such-group = En av grupperna finns inte längre. Välj igen.
reach-name-taken = Det finns redan en räckvidd med det namnet. Välj ett annat namn.
reach-given-already = Räckvidden är redan given.
reach-not-given = Räckvidden är inte given här.
reach-last-everything = Ingen administratör skulle längre nå allt. Ge det till en annan först.

event-reach-defined = Räckvidd skapad
event-reach-changed = Räckvidd ändrad
event-reach-removed = Räckvidd borttagen
event-reach-given = Räckvidd given
event-reach-taken = Räckvidd fråntagen
