# Användare in och ut med en fil.

event-users-exported = Användare exporterade

import-title = Importera användare
import-choose = Välj en fil
import-columns = Avgränsad med komma eller semikolon, UTF-8. Kolumnerna namn, användarnamn och grupp måste finnas; typ, e-post, mobil, externt id, nummer, nyckelord och språk får finnas. En användare vars externa id eller användarnamn är känt uppdateras.
import-file = Fil
# $most: ett tal
import-file-help = Högst { $most } rader. En exporterad fil kan ändras och läsas in igen.
import-look = Se vad den skulle göra

import-too-large = Filen är större än { $most } MB. Dela upp den.
import-spreadsheet = Det här är ett kalkylblad, ingen textfil. Spara det som CSV (UTF-8) och välj den filen.
import-binary = Det här är ingen textfil. Spara listan som CSV (UTF-8) och välj den filen.
import-encoding = Texten är inte UTF-8. Spara listan som CSV (UTF-8) och välj den filen.
import-empty = Filen är tom.
import-no-lines = Filen har ett huvud men inga rader.
# $most: ett tal
import-too-many-lines = Filen har fler än { $most } rader. Dela upp den.
# $line: ett tal
import-unreadable = Rad { $line } går inte att läsa. Se efter citattecknen.
import-unreadable-form = Uppladdningen bröts. Skicka filen igen.
# $column: ett namn
import-column-twice = Kolumnen ”{ $column }” finns två gånger. Ta bort den ena.
import-column-unknown = Kolumnen ”{ $column }” är inte känd. Byt namn på den eller ta bort den.
import-column-missing = Kolumnen ”{ $column }” saknas på första raden.

import-cells = Raden har fler eller färre celler än huvudet.
import-kind = Skriv person, wallboard, bot eller service.
# $line: ett tal
import-twice = Rad { $line } har redan detta.
import-group-differs = Användaren är i en annan grupp. Flytta användaren i användarlistan.
import-kind-differs = Användaren är av en annan typ, som inte kan ändras.

import-what = Vad filen skulle göra
import-lines = Rader
import-clean = Felfria
import-faulty-lines = Felaktiga
import-all-clean = Varje rad är felfri. Inget är importerat ännu.
import-not-clean = Inget är importerat. Rätta filen och välj den igen, eller lägg de felaktiga raderna åt sidan.
# $n: ett tal
import-do = { $n ->
    [one] Importera en rad
   *[other] Importera { $n } rader
}
# $n, $aside: tal
import-do-aside = Lägg { $aside } åt sidan och importera { $n }
import-again = Välj en annan fil
import-line = Rad
import-faults = Felaktiga rader
# $n: ett tal
import-faults-shown = { $n ->
    [one] En felaktig rad
   *[other] { $n } felaktiga rader
}
import-faulty = Några rader är felaktiga. Rätta filen, eller välj att lägga dem åt sidan.
import-under-way = Importen pågår redan eller är över.
import-under-way-label = Importerar
import-done = Klart.
import-stopped = Stoppad. Det som är gjort består; den kan fortsätta där den stannade.
import-broke-off = Avbruten. Det som är gjort består; den kan fortsätta där den bröts.
import-go-on = Fortsätt
import-result = Vad det blev
import-made = Upplagda
import-edited = Uppdaterade
import-unchanged = Som de var
import-aside = Lagda åt sidan
import-refused = Nekade
import-refused-why = Varför de nekades
# $line: ett tal
import-at-line = Rad { $line }
import-would-make = Skulle skapas
import-would-edit = Skulle ändras
import-passed-over = Kolumner som inte läses
import-take-faulty = { $n ->
    [one] Ta ut den felaktiga raden som fil
   *[other] Ta ut de { $n } felaktiga raderna som fil
}
import-no-such-id = Ingen användare har detta id. Töm cellen för att skapa en ny.
import-above = Användaren får göra mer än du. Någon som får lika mycket kan ändra.
import-links-title = { $n ->
    [one] En ny användare kommer inte in ännu
   *[other] { $n } nya användare kommer inte in ännu
}
import-links-not-yours = De behöver en länk där de väljer lösenord. Den som har rättigheten ”Lämna ut lösenordslänkar” gör den på användarens sida.
import-links-what = { $n ->
    [one] En länk görs, där användaren väljer sitt lösenord
   *[other] { $n } länkar görs, där användarna väljer sina lösenord
}
import-links-once = Varje länk fungerar en gång, inom { $minutes } minuter. Listan visas bara nu: skriv ut den eller spara den innan du lämnar sidan.
import-links-secret = Den som har en länk kommer in som den användaren. Ge var och en sin egen; varje länk står i ändringsloggen.
import-links-print = Gör länkarna och visa dem
import-links-file = Gör länkarna som en CSV-fil
import-links-list = Länkar för nya användare
import-links-link = Länk
import-links-lead = Varje länk fungerar en gång, inom { $minutes } minuter. Listan visas bara nu och sparas ingenstans.
import-links-none = Inga länkar
import-links-none-text = Alla som filen lade till har en länk eller ett lösenord, eller så får du inte lämna ut länkar till dem. En ny länk görs på användarens sida.
import-links-made = { $n ->
    [one] En länk
   *[other] { $n } länkar
}
