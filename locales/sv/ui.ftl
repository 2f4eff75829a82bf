# Ramen kring varje sida och delarna som sidorna består av.

ui-product = Vaktbok
ui-jump-key = Ctrl K
ui-skip = Hoppa till innehållet
ui-menu = Meny
ui-nav = Huvudmeny
ui-nav-home = Hem
ui-nav-cases = Ärenden
ui-nav-archive = Arkiv
ui-nav-logs = Loggar
ui-nav-users = Användare
ui-nav-access = Behörighet
ui-nav-settings = Inställningar
ui-nav-learning = Utbildning
ui-path = Var du är
ui-jump = Gå till …
ui-jump-hint = En sida, användare, inställning eller kontakt
ui-jump-none = Inget heter ”{ $q }”.
ui-sign-out = Logga ut
ui-theme-toggle = Ljust eller mörkt
ui-keys = Tangenter
ui-keys-search = Gå till sökrutan
ui-keys-move = Nästa och föregående rad, även i det som sades
ui-keys-open = Öppna raden, eller spela upp därifrån
ui-keys-play = Spela upp och pausa inspelningen
ui-keys-close = Stäng sidopanelen eller rutan
ui-keys-jump = Gå till valfri sida, användare, inställning eller kontakt
ui-keys-help = Visa tangenterna
ui-close = Stäng
ui-cancel = Avbryt
ui-undo = Ångra
ui-stop = Stoppa
ui-apply = Använd
ui-copy = Kopiera
ui-copied = Kopierat
ui-search = Sök

ui-columns = Kolumner
ui-choose = Välj
ui-chosen = Med de valda:
ui-pages = Sidor
ui-newer = Nyare
ui-older = Äldre
ui-previous = Föregående
ui-next = Nästa
ui-live-more = Visa nya rader
ui-live-rest = Det finns fler nya rader: visa
ui-filter-remove = Ta bort filtret
ui-filter-clear = Ta bort alla filter
ui-filters = { $n ->
    [0] Filter
   *[other] Filter ({ $n })
}
ui-filters-more = Fler filter ({ $n })
ui-chosen-one = den valda
ui-time-1h = Senaste timmen
ui-time-today = I dag
ui-time-7d = 7 dagar
ui-time-30d = 30 dagar
ui-time-all = Alla

ui-time-since = Från
ui-time-until = Till
ui-time-between = Från – till

ui-errors = { $n ->
    [one] En sak behöver rättas
   *[other] { $n } saker behöver rättas
}

ui-diff = Vad som ändrades
ui-diff-field = Fält
ui-diff-before = Före
ui-diff-after = Efter
ui-chain-unset = inte satt
ui-chain-decides = avgör
ui-setting-inherited = Ärvt vore: { $value }
ui-setting-change = Ändra
ui-setting-change-named = Ändra: { $name }
ui-setting-inherit = Ärv igen
ui-setting-inherit-named = Ärv igen: { $name }
ui-progress = { $done } av { $total }

ui-unit-s = s
ui-unit-min = min
ui-unit-h = h
ui-unit-d = d
ui-now = nyss
ui-ago = för { $length } sedan
ui-in = om { $length }
ui-month-1 = jan
ui-month-2 = feb
ui-month-3 = mars
ui-month-4 = apr
ui-month-5 = maj
ui-month-6 = juni
ui-month-7 = juli
ui-month-8 = aug
ui-month-9 = sep
ui-month-10 = okt
ui-month-11 = nov
ui-month-12 = dec
ui-day-1 = mån
ui-day-2 = tis
ui-day-3 = ons
ui-day-4 = tors
ui-day-5 = fre
ui-day-6 = lör
ui-day-7 = sön

ui-error-home = Gå till Hem
ui-error-incident = Händelsenummer
ui-error-400-title = Det gick inte att läsa
ui-error-400 = Det som skickades är inte fullständigt eller har fel form. Gå tillbaka, kontrollera det du skrev och skicka igen.
ui-error-401-title = Logga in först
ui-error-401 = Du är inte inloggad, eller så har din session tagit slut.
ui-error-right-title = Inte för dig
ui-error-right = Det här kräver rättigheten ”{ $right }”, som du inte har. Fråga en administratör om du borde ha den.
ui-error-403-title = Inte härifrån
ui-error-403 = Begäran kom från en annan webbplats, eller utan uppgift om varifrån den kom, så inget gjordes. Öppna sidan här och försök igen.
ui-error-404-title = Här finns inget
ui-error-404 = Sidan finns inte, eller så får du inte se den. Kontrollera adressen, eller fråga en administratör om du borde ha tillgång.
ui-error-409-title = Någon hann före
ui-error-409 = Det du ville ändra har ändrats sedan du öppnade det. Öppna det igen för att se hur det är nu.
ui-error-413-title = För stort
ui-error-413 = Det som skickades är större än vad som är tillåtet här. Skicka mindre åt gången.
ui-error-415-title = Går inte att läsa här
ui-error-415 = Det skickades i en form som inte läses här. Skicka det i en form som läses.
ui-error-429-title = För mycket på en gång
ui-error-429 = Vänta en minut och försök igen.
ui-error-500-title = Något gick sönder
ui-error-500 = Inget ändrades. Orsaken är antecknad; lämna händelsenumret till den som driver Vaktbok.
ui-error-503-title = Inte just nu
ui-error-503 = Det du bad om måste lämna en anteckning i loggen, och loggen kan inte skrivas just nu. Inget ändrades. Försök igen om en minut.

ui-gallery = Galleri
ui-setting-why = Varför?
ui-setting-why-named = Varför har { $name } det här värdet?
