# Inloggning: lösenord, länkar, sessioner, nycklar.

sign-in-title = Logga in
sign-in-number = Kundnummer
sign-in-name = Användarnamn eller e-postadress
sign-in-password = Lösenord
sign-in-help = Glömt lösenordet? En administratör i din organisation kan ge dig en länk där du väljer ett nytt.
sign-in-refused = Det gick inte att logga in. Kontrollera kundnumret, namnet och lösenordet. Om de stämmer, fråga en administratör om ditt konto är aktivt.
sign-in-wait = { $seconds ->
    [one] För många misslyckade försök i rad. Vänta en sekund och försök igen.
   *[other] För många misslyckade försök i rad. Vänta { $seconds } sekunder och försök igen.
}
sign-in-busy = Många loggar in just nu. Försök igen om några sekunder.
sign-in-changed-meanwhile = Kontot ändrades i samma ögonblick. Försök igen.
sign-in-done-password = Ditt lösenord är satt. Logga in med det.
sign-in-done-signed-out = Du är utloggad.

password-first-title = Välj ett lösenord
password-reset-title = Välj ett nytt lösenord
password-change-title = Byt lösenord
password-link-intro = För användarnamnet { $name }. Länken fungerar en gång. När lösenordet är satt avslutas alla öppna sessioner.
password-link-gone = Länken är använd eller för gammal. Be en administratör om en ny.
password-change-intro = Alla dina andra sessioner avslutas när lösenordet byts.
password-change-first = Välj ett lösenord som bara du känner till. Innan dess öppnas inget annat.
password-current = Nuvarande lösenord
password-new = Nytt lösenord
password-again = Nytt lösenord igen
password-help = { $least } till { $most } tecken av vilket slag som helst, även mellanslag. Några ord i följd är lätta att minnas.
password-too-short = Välj minst { $least } tecken.
password-too-long = Välj högst { $most } tecken.
password-is-a-name = Välj något som inte till största delen är ditt eget namn, organisationens eller produktens.
password-differs = De är inte lika. Skriv det nya lösenordet igen.
password-wrong = Det är inte ditt nuvarande lösenord.
password-same = Välj ett annat lösenord än det nuvarande.
password-changed-meanwhile = Lösenordet byttes av någon annan i samma ögonblick. Om det inte var du, säg genast till en administratör.

link-not-for-services = En tjänsteanvändare har inget lösenord. Skapa en nyckel i stället.
link-not-for-inactive = Användaren är inte aktiv. Aktivera användaren först.
link-not-for-oneself = Du byter ditt eget lösenord med det nuvarande, på din egen sida. Har du glömt det skapar någon annan länken.

key-needs-service = Nycklar hör till aktiva tjänsteanvändare. Välj en sådan.
key-needs-owner = En nyckel behöver en aktiv person som ansvarar för den.
key-right-not-held = Rättigheten { $right } kan inte ges: nyckelns ägare saknar den.

setting-sign_in-reset = Lämna ut lösenordslänkar
setting-sign_in-reset-help = Får ge en annan användare en länk som sätter ett nytt lösenord, om den användaren inte har någon rättighet som man själv saknar.
setting-sign_in-sessions = Avsluta andras sessioner
setting-sign_in-sessions-help = Får se var en annan användare är inloggad och avsluta de sessionerna.
setting-keys-manage = Hantera nycklar
setting-keys-manage-help = Får skapa och avsluta de nycklar som program använder API:et med.
setting-password-least_characters = Kortaste lösenord
setting-password-least_characters-help = Minsta antal tecken i ett nytt lösenord. Långa lösenord är bättre än krångliga.

link-used-already = Länken är använd eller för gammal: det finns inget kvar att ta tillbaka.
undo-never-password = Ett lösenord sparas bara som kontrollsumma, så det förra går inte att få tillbaka. Lämna ut en länk som sätter ett nytt.
undo-never-key = En avslutad nyckel är borta; ingen har sparat den. Skapa en ny.

me-title = Min sida
me-look = Språk och utseende
me-look-save = Spara
me-language = Språk
me-language-tenant = Som organisationen
me-language-sv = Svenska
me-language-en = English
me-theme = Tema
me-theme-system = Som datorn
me-theme-light = Ljust
me-theme-dark = Mörkt
me-sessions = Sessioner
me-sessions-of = Sessioner för { $name }
me-sessions-none = Ingen session är öppen.
me-sessions-end-every = Avsluta alla
me-sessions-end-all = Avsluta alla andra
me-session-client = Webbläsare
me-session-place = Från
me-session-began = Började
me-session-seen = Senast använd
me-session-end = Avsluta
me-session-here = Den här
me-done-password = Ditt lösenord är bytt. Dina andra sessioner är avslutade.
me-done-ended = Avslutat.
me-done-look = Sparat.
me-link-title = Lösenordslänk
me-link-lead = Med länken väljer användaren ett nytt lösenord. Den fungerar en gång, i 30 minuter; tidigare länkar slutar fungera.
me-link-make = Skapa en länk
me-link-made = Lämna länken till användaren
me-link-help = Den fungerar en gång, i { $minutes } minuter, och visas bara denna gång. Lämna över den på ett sätt du litar på.
undo-never-look = Bara användaren själv väljer hur sidorna ser ut.

me-tried = Egna inloggningar
me-tried-lead = Vem som kommit in med ditt namn, eller försökt, och varifrån. Om någon inte är din: avsluta dina andra sessioner, byt lösenord och säg till en administratör.
me-tried-none = Ingen har försökt ännu
me-tried-none-text = Varje försök att logga in med ditt namn visas här, lyckat eller inte.
me-tried-at = Tid
me-tried-result = Resultat
me-tried-method = Sätt
event-link-used = Lösenordslänk använd
event-link-refused = Lösenordslänk nekad
event-link-expired = Lösenordslänk aldrig använd
event-password-refused = Lösenordsbyte nekat
event-session-expired = Session över
logs-word-reason-unknown-tenant = okänt kundnummer
logs-word-reason-tenant-suspended = kunden avstängd
logs-word-reason-unknown-user = okänd användare
logs-word-reason-no-password = inget lösenord satt
logs-word-reason-wrong-password = fel lösenord
logs-word-reason-deactivated = användaren har slutat
logs-word-reason-suspended = användaren avstängd
logs-word-reason-waiting = för många misslyckade i rad
logs-word-reason-busy = för många inloggningar på en gång
logs-word-reason-link-over = länken för gammal, eller användaren inte aktiv
logs-word-reason-link-unknown = länken använd, ogiltig eller påhittad
logs-word-reason-user-out = användaren avstängd eller borta
logs-word-reason-lasted-too-long = varade för länge
logs-word-reason-idle-too-long = overksam för länge
logs-word-member-last_used = Senast använd
logs-word-member-until = Gällde till

setting-sign_in-end_all = Avsluta kundens alla sessioner
setting-sign_in-end_all-help = Får avsluta varje session på en gång, förbi all räckvidd: för dagen då ingen vet vem som är inne.
end-all = Alla ut
end-all-lead = För dagen då ingen vet vem som är inne. Den som ska in igen får logga in på nytt.
end-all-title = { $sessions ->
    [one] En session
   *[other] { $sessions } sessioner
} för { $people ->
    [one] en person avslutas
   *[other] { $people } personer avslutas
}
end-all-means = Alla är ute vid nästa sida, på varje nod. Det som skrivits men inte sparats går förlorat.
end-all-keys = Programmens nycklar fungerar som förut. Lösenorden står kvar: den som kan ett kommer in igen.
end-all-keep = Behåll sessionen jag är i
end-all-do = Avsluta alla sessioner
end-all-done = { $n ->
    [one] En session har avslutats.
   *[other] { $n } sessioner har avslutats.
}
event-session-all-ended = Kundens alla sessioner avslutade
users-sessions-and-link = Sessioner och lösenordslänk
import-key-narrow = En import görs i tjänsteanvändarens namn, så nyckeln som startar den måste ha alla användarens rättigheter. Den saknar { $right }.
link-listed-already = Länken står redan i en annan lista.
