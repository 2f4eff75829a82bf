# Namn på och förklaringar till inställningar och rättigheter: `setting-KEY` och `setting-KEY-help`, punkter som bindestreck.

setting-session-idle_minutes = Sessionen slutar efter vila
setting-session-idle_minutes-help = Räknas från senaste anropet. Den som kommer tillbaka senare loggar in igen.
setting-session-absolute_hours = Sessionen slutar senast
setting-session-absolute_hours-help = Räknas från inloggningen, hur flitigt sessionen än används.

setting-settings-view = Se inställningar och rättigheter
setting-settings-view-help = Se alla inställningar och rättigheter, var värdet kommer ifrån och varför någon har det.
setting-settings-manage = Ändra inställningar och rättigheter
setting-settings-manage-help = Ge och ta inställningar och rättigheter inom sin räckvidd. Ingen ger en rättighet som hen själv saknar.

settings-area-access = Åtkomst
settings-area-api = Program
settings-area-archive = Arkiv
settings-area-book = Boken
settings-area-logs = Loggar
settings-area-profiles = Profiler och köer
settings-area-settings = Inställningar
settings-area-sign-in = Inloggning och sessioner
settings-area-tenants = Kunder
settings-area-users = Användare och grupper

settings-unit-days = { $n ->
    [one] { $n } dygn
   *[other] { $n } dygn
}
settings-unit-hours = { $n ->
    [one] { $n } timme
   *[other] { $n } timmar
}
settings-unit-minutes = { $n ->
    [one] { $n } minut
   *[other] { $n } minuter
}
settings-unit-seconds = { $n ->
    [one] { $n } sekund
   *[other] { $n } sekunder
}
settings-unit-months = { $n ->
    [one] { $n } månad
   *[other] { $n } månader
}
settings-unit-characters = { $n ->
    [one] { $n } tecken
   *[other] { $n } tecken
}
settings-unit-times = { $n ->
    [one] { $n } gång
   *[other] { $n } gånger
}
settings-allowed = tillåtet
settings-denied = nekat
settings-yes = ja
settings-no = nej
settings-empty-text = inget

settings-not-so-low = Det här kan inte ges så långt ner: { $level ->
    [system] bara driften ställer in det
    [tenant] det ställs in för alla på en gång
   *[other] det ställs in för hela grupper
}.
settings-no-rights-for-all = Rättigheter ges inom kundens egen verksamhet, aldrig uppifrån.
settings-nothing-below = Ingen står under en användare, så det finns ingen att binda.
settings-out-of-range = Välj { $least } till { $most }.
settings-not-a-choice = Välj ett av de värden som erbjuds.
settings-fixed-above = { $level ->
    [system] Driften har låst det här för alla, så det kan inte ändras här.
    [tenant] Det här är låst för hela verksamheten. Ändra det där, eller låt lägre nivåer ändra det.
    [group] Det här är låst för gruppen. Ändra det där, eller låt enskilda användare avvika.
   *[other] Det här är låst i produkten och kan inte ändras här.
}
settings-only-tighter = { $level ->
    [system] Driften låter det här bara stramas åt, aldrig lättas.
    [tenant] För hela verksamheten gäller att det här bara får stramas åt. Välj ett stramare värde, eller ändra det där.
    [group] För gruppen gäller att det här bara får stramas åt. Välj ett stramare värde, eller ändra det där.
   *[other] Det här får bara vara stramare än sin förinställning, aldrig lättare.
}
settings-changed-meanwhile = Någon annan har ändrat det här under tiden. Titta på det igen innan du bestämmer dig.
settings-needs-everything = Det som gäller hela verksamheten ändras av någon vars räckvidd är allt. Be en sådan person.
settings-not-your-own-rights = Det här skulle ge dig själv en rättighet som du inte har. Be någon som har den.
# $right: rättighetens nyckel
settings-beyond-your-rights = Det här skulle ge en rättighet som du själv saknar ({ $right }). Be någon som har den.
settings-last-administrator = Ingen skulle finnas kvar som kan logga in, hantera användare och ge rättigheter. Ge en annan administratör de rättigheterna först.

event-setting-given = Inställning ändrad
event-setting-cleared = Inställning ärvs igen

settings-source-default = Förinställt i produkten
settings-source-system = Satt av driften
settings-source-tenant = Satt för hela verksamheten
settings-source-group = Satt för gruppen { $name }
settings-source-user = Satt för { $name } ensam
settings-level-product = Produkten
settings-level-system = Driften
settings-level-tenant = Verksamheten
settings-level-group = Grupp
settings-level-user = Användare
settings-operator = Driften
settings-mode = Lägre nivåer
settings-mode-free = Lägre nivåer får avvika
settings-mode-tighten = Lägre nivåer får bara strama åt
settings-mode-fixed = Låst för alla lägre nivåer
settings-fate-decides = det här avgör
settings-fate-overridden = en närmare nivå säger något annat
settings-fate-forbidden = räknas inte: en nivå ovanför är låst
settings-fate-too-loose = räknas inte: en nivå ovanför får bara stramas åt
settings-fate-unfit = räknas inte: utanför gränserna
settings-range = { $least } till { $most }.
settings-of = Inställningar för { $name }
settings-of-system = Inställningar för alla kunder
settings-area = Del
settings-shown = Visa
settings-own-only = bara det som är satt här
settings-search = Sök i namn och förklaring
settings-none = Ingen inställning passar
settings-none-text = Ta bort ett filter eller sök på ett annat ord.
settings-done-given = Sparat.
settings-done-cleared = Ärvs igen.
settings-now = Nu
settings-new-value = Nytt värde
settings-look = Se vad det ändrar
settings-save = Spara
settings-preview = Om du sparar
settings-preview-gain = { $n ->
    [one] En användare får: { $right }
   *[other] { $n } användare får: { $right }
}
settings-preview-lose = { $n ->
    [one] En användare förlorar: { $right }
   *[other] { $n } användare förlorar: { $right }
}
settings-preview-changes = { $n ->
    [one] En användare: { $before } blir { $after }
   *[other] { $n } användare: { $before } blir { $after }
}
settings-preview-nobody = Det ändrar inget för någon just nu.
settings-preview-everywhere = Det gäller alla kunder som inte har satt något annat; de räknas inte här.
settings-preview-more = … och { $n } till i { $group }
settings-why = Varför: { $name }
settings-why-sentence = { $user } har ”{ $value }”. { $source }.
settings-why-link = { $value } – { $fate }
settings-one-place = Ange en grupp eller en användare, inte båda.
event-rights-arrived = Rättigheter från ett nyare program tillkom
undo-never-rights-arrived = Rättigheterna kom med ett nyare program. Ta dem från gruppen i dess inställningar, en i taget.
rights-not-new = Gruppen har redan tillfrågats om de här rättigheterna.
settings-lowest-system = Sätts av driften.
settings-lowest-tenant = Sätts för hela verksamheten.
settings-lowest-group = Sätts för verksamheten eller en grupp.
settings-lowest-user = Sätts för verksamheten, en grupp eller en användare.
