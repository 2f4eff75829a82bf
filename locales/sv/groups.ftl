# Användargrupper: vad områdets inställningar och avslag säger.

setting-groups-manage = Hantera grupper
setting-groups-manage-help = Lägga upp, byta namn på och ta bort användargrupper.

groups-renamed-meanwhile = Någon annan har bytt namn på gruppen under tiden. Ladda om sidan och titta efter.
groups-not-empty = Det finns användare i gruppen. Flytta dem först.
groups-name-taken = En annan grupp har redan det namnet. Välj ett annat.

groups-title = Grupper
groups-new = Ny grupp
groups-create = Lägg upp gruppen
groups-name = Namn
groups-kind = Slag
groups-users = Användare
groups-none = Inga grupper ännu
groups-none-text = Här kommer grupperna inom din räckvidd att stå.
groups-about = Om gruppen
# $n: ett tal
groups-show-users = { $n ->
    [one] Visa användaren
   *[other] Visa { $n } användare
}
groups-may-do = Vad får dess användare göra?
groups-no-rights = Inga rättigheter: användarna ser bara sina egna sidor.
# $n: ett tal
groups-rights-held = { $n ->
    [one] En rättighet.
   *[other] { $n } rättigheter.
}
groups-allowed = tillåten
groups-rename = Byt namn
groups-delete = Ta bort gruppen
# $name: en grupps namn
groups-delete-this = Ta bort { $name }
groups-delete-means = Gruppen är tom. Dess inställningar och räckvidd försvinner med den.
groups-reach-everything = Allt
groups-kind-administrators = Administratörer
groups-kind-administrators-help = Börjar med alla rättigheter och allt inom räckvidd, och loggas ut efter 15 minuters overksamhet.
groups-kind-agents = Agenter
groups-kind-agents-help = Börjar utan rättigheter: de ser sin egen sida.
groups-kind-wallboards = Väggtavlor
groups-kind-wallboards-help = Skärmar. Börjar utan rättigheter.
groups-kind-services = Tjänster
groups-kind-services-help = Program som använder API:et. Börjar utan rättigheter.
groups-done-created = Gruppen är upplagd.
groups-done-renamed = Namnet är bytt.
groups-done-deleted = Gruppen är borttagen.
groups-has-reach = Gruppen har en egen räckvidd eller står i en. Ta bort den där först.
groups-has-profiles = Gruppen har { $n ->
    [one] en profil
   *[other] { $n } profiler
}. Ta bort dem först, under Profiler.
groups-done-created-beyond = Gruppen är skapad. Den är inte inom din räckvidd än: be en administratör ge dig den under Behörighet, Räckvidd.
