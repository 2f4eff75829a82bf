# Kompetenser, köer, profiler och kundens egna ord.

setting-profiles-view = Se profiler
setting-profiles-view-help = Se kompetenser, köer, profiler, pausorsaker och ärenden.
setting-profiles-manage = Hantera profiler
setting-profiles-manage-help = Ändra kompetenser, köer, profiler, pausorsaker och ärenden.

event-word-added = Ord tillagt
event-word-renamed = Ord omdöpt
event-word-removed = Ord borttaget
event-queue-created = Kö upplagd
event-queue-edited = Kö ändrad
event-queue-deleted = Kö borttagen
event-profile-created = Profil upplagd
event-profile-edited = Profil ändrad
event-profile-deleted = Profil borttagen

profiles-title = Profiler
profiles-queues = Köer
profiles-skills = Kompetenser
profiles-pause-reasons = Pausorsaker
profiles-categories = Ärendekategorier
profiles-topics = Ärendetyper
profiles-words = Ord
profiles-name = Namn
profiles-kind = Slag
profiles-kind-group = Gruppprofil
profiles-kind-user = Personlig profil
profiles-kind-template = Mall
profiles-holder = Hör till
profiles-medium = Medium
profiles-medium-call = Samtal
profiles-medium-chat = Chatt
profiles-medium-email = E-post
profiles-medium-task = Uppgift
profiles-medium-social = Sociala medier
profiles-skill = Kompetens
profiles-skill-help = Agenter med kompetensen får det som kommer i kön.
profiles-category = Kategori
profiles-new = Ny profil
profiles-queue-new = Ny kö
profiles-word-new = Nytt ord
profiles-add = Lägg till
profiles-save = Spara
profiles-copy = Gör en profil av den här
profiles-remove = Ta bort
# $name: det som tas bort
profiles-remove-this = Ta bort { $name }
profiles-remove-means = Det kan läggas tillbaka från ändringsloggen.
profiles-levels-help = 1 är nybörjare, 9 bäst. Lämna tomt det som profilen inte har.
profiles-none = Inget här ännu
profiles-none-text = Det du lägger till med knappen ovan hamnar här.
profiles-done-added = Tillagt.
profiles-done-saved = Sparat.
profiles-done-removed = Borttaget.

profiles-changed-meanwhile = Någon annan har ändrat detta under tiden. Ladda om sidan och titta efter.
profiles-name-taken = Namnet är redan taget här. Välj ett annat.
profiles-no-such-category = Det finns ingen sådan kategori. Välj en annan.
profiles-no-such-skill = Det finns ingen sådan kompetens. Välj en annan.
profiles-no-such-holder = Det finns ingen sådan grupp eller användare inom din räckvidd. Välj en annan.
profiles-word-in-use = En kö, en profil eller en ärendetyp är gjord av detta. Ändra dem först.
profiles-queue-in-reach = Kön står i en räckvidd. Ta bort den där först.
profiles-levels = Varje kompetens en gång, med en nivå från 1 till 9.
