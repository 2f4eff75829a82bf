# Användare: vad områdets inställningar och avslag säger.

setting-users-view = Se användare
setting-users-view-help = Se användare och grupper inom räckvidden: namn, grupp, läge, senaste inloggning.
setting-users-manage = Hantera användare
setting-users-manage-help = Lägga upp, ändra, flytta, stänga av och avsluta användare inom räckvidden, och kräva nytt lösenord.
setting-users-import = Importera användare
setting-users-import-help = Lägga upp eller uppdatera användare från en CSV-fil.
setting-users-export = Exportera användare
setting-users-export-help = Ta ut användarna inom räckvidden som en CSV-fil.

users-erased-already = Användaren är utplånad; inget om den kan ändras.
# $right: namnet på en rättighet
users-beyond-your-rights = Det här skulle ge en rättighet som du själv saknar ({ $right }). Be någon som har den.
users-beyond-your-reach = Gruppen ser fler användare eller köer än du gör. Be någon som når dem.
users-reaches-more-than-you = Användaren når användare eller köer som du inte når, så bara någon som når dem kan skapa länken.
# $right: namnet på en rättighet
users-may-do-more-than-you = Användaren har en rättighet som du saknar ({ $right }), så bara någon som har den kan ändra användaren.
users-not-yourself = Du kan inte stänga ute eller släppa in dig själv. Be en annan administratör.
users-no-such-group = Det finns ingen sådan grupp inom din räckvidd. Välj en annan.
users-last-administrator = Ingen skulle bli kvar som kan logga in och hantera användare. Lägg först upp en administratör till och låt den logga in.
users-taken = En annan användare har redan detta. Välj något annat.
# $field: namnet på ett fält
users-edited-meanwhile = Någon annan har ändrat { $field } under tiden. Ladda om sidan och titta efter.
users-moved-meanwhile = Någon annan har flyttat användaren under tiden. Ladda om sidan och titta efter.
users-changed-since = Detta har ändrats sedan dess och kan inte utan vidare tas tillbaka. Se de senare posterna.
users-not-active = Bara en aktiv användare kan stängas av eller avslutas.
users-not-suspended = Användaren är inte avstängd.
users-not-deactivated = Användaren är inte avslutad.
users-until-before-from = Avstängningen måste sluta efter att den börjar, och i framtiden.
users-no-password-yet = Användaren har inget lösenord ännu. Skapa en startlänk i stället.
users-undo-came-in = Användaren har loggat in sedan dess. Avsluta användaren i stället; då finns uppgifterna kvar.

users-user-name-form = Ett användarnamn har inga mellanslag.
users-mail-form = Det här är ingen e-postadress: namn@exempel.se.
users-mobile-form = Ett telefonnummer har bara siffror, mellanslag och + - ( ) /.
# $most: ett tal
users-number-form = Ett heltal från 0 till { $most }, bara siffror.
users-language-form = Välj sv eller en, eller lämna tomt.
users-moment-form = Ange datum och tid, till exempel 2026-11-23T14:05.
users-none-chosen = Kryssa först för minst en användare i listan.
# $most: ett tal
users-too-many-chosen = Högst { $most } användare åt gången.

users-title = Användare
users-new = Ny användare
users-create = Lägg upp användaren
users-save = Spara
users-edit = Ändra
users-move = Flytta
users-suspend = Stäng av
users-resume = Släpp in igen
users-deactivate = Avsluta
users-reactivate = Återuppta
users-force-password = Kräv nytt lösenord
users-import = Importera
users-export = Exportera
users-open = Öppna användaren
users-open-group = Öppna gruppen
users-back-to-list = Till listan

users-field-name = Namn
users-field-user_name = Användarnamn
users-field-mail = E-post
users-field-mobile = Mobil
users-field-external_id = Externt id
users-field-number = Nummer
users-field-keywords = Nyckelord
users-field-language = Språk
users-user-name-help = Det man skriver när man loggar in. Inga två användare har samma.
users-number-help = Numret en agent loggar på med. Inga två användare har samma.
users-external-id-help = Nyckeln i ett annat system, till exempel lönesystemet. Inga två användare har samma.
users-keywords-help = Ord att hitta användaren med.
users-group = Grupp
users-group-help = Gruppen avgör vad användaren får göra och se.
users-choose-group = Välj en grupp
users-kind = Typ
users-kind-person = Person
users-kind-wallboard = Väggtavla
users-kind-bot = Bot
users-kind-service = Tjänst
users-state = Läge
users-made = Upplagd
users-last-sign-in = Senaste inloggning
users-language-tenant = Som kunden
users-language-sv = Svenska
users-language-en = Engelska

users-search = Sök namn, användarnamn, e-post, nummer, nyckelord
users-none = Inga användare ännu
users-none-text = Här kommer användarna inom din räckvidd att stå.
users-none-fit = Ingen användare passar
users-none-fit-text = Ingen inom din räckvidd har allt det du valt.
users-show-all = Visa alla användare
users-seen-never = Aldrig
users-seen-30 = Inte på 30 dagar
users-seen-90 = Inte på 90 dagar

users-standing-active = Aktiv
users-standing-later = Aktiv, stängs av senare
users-standing-suspended = Avstängd
users-standing-deactivated = Avslutad
users-standing-erased = Utplånad
users-may-sign-in = Får logga in.
# $from, $until: tidpunkter
users-suspended-from-until = Får logga in till { $from } och är sedan avstängd till { $until }.
users-suspended-from = Får logga in till { $from } och är sedan avstängd tills någon släpper in användaren.
users-suspended-until = Avstängd till { $until }.
users-suspended-since = Avstängd sedan { $from }, tills någon släpper in användaren.
users-has-left = Avslutad: kan inte logga in, och finns kvar i handlingarna.
users-make-set-up-link = Skapa en startlänk
users-first-step-who = Den som har rättigheten ”{ $right }” kan hjälpa till.
users-by-key = En tjänsteanvändare kommer in med en API-nyckel, inte med ett lösenord.
users-no-password = Kan inte logga in ännu: inget lösenord är valt. Med en startlänk väljer användaren ett.
users-must-change = Får logga in, men måste först välja ett nytt lösenord.

users-can-sign-in = Kan användaren logga in?
users-sessions = Sessioner nu
users-keys = API-nycklar
users-particulars = Uppgifter
users-may-do = Vad får användaren göra, och varför?
users-no-rights = Inga rättigheter: användaren ser bara sin egen sida.
# $n: ett tal
users-rights-held = { $n ->
    [one] En rättighet.
   *[other] { $n } rättigheter.
}
users-from-default = Enligt grundvärdet
users-from-system = Satt för alla kunder
users-from-tenant = Satt för hela kunden
# $group: ett namn
users-from-group = Satt för gruppen { $group }
users-from-user = Satt för just den här användaren
users-has-done = Vad har användaren gjort?
users-no-logs = Du får inte läsa loggarna.
users-log-access = Inloggningar
users-log-changes = Gjorda ändringar
users-log-archive = Arkiv
users-log-about = Ändringar av användaren

# $name: en användares namn
users-what-happens = Vad som händer med { $name }
# $n: ett tal
users-what-happens-to = { $n ->
    [one] Vad som händer med en användare
   *[other] Vad som händer med { $n } användare
}
users-suspend-means = Loggas ut genast, på alla vägar. API-nycklar slutar fungera tills avstängningen är över.
users-resume-means = Får logga in igen.
users-deactivate-means = Loggas ut genast, på alla vägar; API-nycklar tas bort. Användaren finns kvar i handlingarna.
users-reactivate-means = Får logga in igen. API-nycklar måste skapas på nytt.
users-password-means = Loggas ut genast och måste välja ett nytt lösenord vid nästa inloggning.
users-suspend-from = Från
users-suspend-from-help = Lämna tomt för nu.
users-suspend-until = Till
users-suspend-until-help = Lämna tomt för tills någon släpper in användaren igen.
users-reason = Skäl
users-reason-help = Står i ändringsloggen.
users-move-to = Flytta till
# $group: ett namn
users-is-in = Är nu i { $group }.
users-move-look = Se vad det skulle göra
users-move-do = Flytta
users-move-choose = Välj en grupp för att se vem som får och mister vad.
users-move-changes-nothing = Ingen rättighet och ingen inställning ändras.
# $n: ett tal
users-gains = { $n ->
    [one] Får en rättighet
   *[other] Får { $n } rättigheter
}
users-loses = { $n ->
    [one] Mister en rättighet
   *[other] Mister { $n } rättigheter
}
# $n: ett tal; $right: en rättighets namn
users-gain-right = { $n ->
    [one] En användare får: { $right }
   *[other] { $n } användare får: { $right }
}
users-lose-right = { $n ->
    [one] En användare mister: { $right }
   *[other] { $n } användare mister: { $right }
}
# $setting: ett namn; $before, $after: värden
users-setting-changes = { $setting }: { $before } → { $after }
users-keep = Egna värden att behålla
users-keep-help = De gäller just den här användaren. Det som inte kryssas för tas bort, och den nya gruppens värde gäller.
users-own-values-dropped = Värden som gäller en enda användare tas bort. Flytta användaren ensam för att behålla dem.
# $n: ett tal
users-do-to = { $n ->
    [one] Gör det med en användare
   *[other] Gör det med { $n } användare
}
users-bulk-failed = Inte gjort
# $done, $failed: tal
users-bulk-result = Gjort för { $done }, nekat för { $failed }:

# $n: ett tal
users-done-created = Användaren är upplagd.
users-done-edited = Sparat.
users-done-moved = { $n ->
    [one] Flyttad.
   *[other] { $n } användare flyttade.
}
users-done-suspended = { $n ->
    [one] Avstängd.
   *[other] { $n } användare avstängda.
}
users-done-resumed = { $n ->
    [one] Insläppt igen.
   *[other] { $n } användare insläppta igen.
}
users-done-deactivated = { $n ->
    [one] Avslutad.
   *[other] { $n } användare avslutade.
}
users-done-reactivated = { $n ->
    [one] Återupptagen.
   *[other] { $n } användare återupptagna.
}
users-done-password = { $n ->
    [one] Ett nytt lösenord måste väljas vid nästa inloggning.
   *[other] { $n } användare måste välja nytt lösenord vid nästa inloggning.
}
undo-never-forced-password = Ett lösenord bevaras inte av någon, och avslutade sessioner kommer inte tillbaka. Skapa en återställningslänk i stället.
undo-never-import-begun = Varje användare som filen skapade eller ändrade har en egen post, och var och en kan ångras.
users-comes-into-reach = Kommer inom räckhåll
users-goes-out-of-reach = Hamnar utom räckhåll
users-beyond-own-reach = { $n ->
    [one] en som du själv inte når
   *[other] { $n } som du själv inte når
}
