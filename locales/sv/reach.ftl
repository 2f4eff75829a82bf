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

reach-tab-rights = Rättigheter
reach-tab-reach = Räckvidd
reach-right = Rättighet
reach-matrix = Vem som får vad
reach-matrix-lead = Vad inställningarna innebär för varje grupp. Enskilda användare kan avvika: öppna en rättighet för att se alla som har den, och varför.
reach-allowed-from = tillåtet ({ $level })
reach-user = Användare
reach-decided = Avgörs av
reach-holders = Vem som har rättigheten
reach-holders-count = { $n ->
    [0] Ingen inom din räckvidd har rättigheten
    [one] En användare inom din räckvidd har rättigheten
   *[other] { $n } användare inom din räckvidd har rättigheten
}
reach-holders-cut = Av varje grupp har bara de första { $n } användarna gåtts igenom. Den som läser användarna en och en med ett program ser alla.
reach-holders-none = Ingen
reach-holders-none-text = Rättigheter är stängda tills någon ger dem till en grupp eller en användare.
reach-definitions = Skapade räckvidder
reach-lead = Räckvidden avgör vilkas användare, samtal och loggrader någon ser. Skapa den en gång, ge den sedan till grupper eller användare.
reach-name = Namn
reach-kind = Slag
reach-holds = Omfattar
reach-given-to = Given till
reach-given-here = Given här
reach-closed = Utan räckvidd ser man bara sig själv.
reach-everything = Allt
reach-everything-box = Allt, även det som tillkommer
reach-nothing = Inget längre
reach-queue = kön { $name }
reach-queues = Köer
reach-queues-help = Samtal och chattar i de här köerna, och loggposterna om dem.
reach-groups = Grupper
reach-groups-help = Användare i de här grupperna, och det som hör till dem.
reach-new = Ny räckvidd
reach-change = Ändra
reach-remove = Ta bort räckvidden
reach-none = Ingen räckvidd är skapad än
reach-none-text = En räckvidd omfattar allt, eller några grupper. Arbetsledare får oftast en för sina egna grupper.
reach-nobody = Inte given till någon än
reach-nobody-text = Ge den på en grupps eller användares sida, under Räckvidd.
reach-none-here = Inget är givet här
reach-none-here-text = Ge en räckvidd nedan, så att mer syns än en själv.
reach-give = Ge en räckvidd
reach-take = Ta bort: { $name }
reach-of = Räckvidd för { $name }
reach-through-group = Genom gruppen
reach-nothing-through = Gruppen ger ingen räckvidd.
reach-choose-something = Välj allt, eller minst en grupp eller kö.
reach-too-many = Välj högst { $most } grupper och köer.
reach-done-defined = Räckvidden är skapad. Den är inte given till någon än.
reach-done-changed = Räckvidden är ändrad och gäller genast.
reach-done-removed = Räckvidden är borttagen.
reach-done-given = Räckvidden är given och gäller genast.
reach-done-taken = Räckvidden är borttagen härifrån och borta genast.
reach-no-such-queue = Kön finns inte längre. Välj bland dem som visas.
reach-choose = Välj en räckvidd
