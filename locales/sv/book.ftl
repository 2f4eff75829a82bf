book-state = Boken just nu
book-lead = Varje post i de tre loggarna är ett löv i en bok som bara kan växa. Den som behåller ett signerat huvud kan senare bevisa att inget tagits bort eller ändrats.
book-no-head = Inget är signerat än. Den första posten ger det första huvudet inom en sekund.
book-size = Poster
book-signed-size = Signerade poster
book-signed-at = Signerad
book-root = Rot
book-origin = Bok
book-head = Signerat huvud
book-take-head = Hämta huvudet
book-take-key = Hämta nyckeln
book-take-whole = Hämta hela boken
book-check = Kontrollera här
book-check-lead = Läser hela boken och prövar varje post mot det nyaste huvudet, som vaktbok-verify gör.
book-check-begin = Kontrollera boken
book-check-stopped = Stoppad före slutet.
book-whole = { $n ->
    [one] Hel: posten är som när den signerades.
   *[other] Hel: alla { $n } poster är som när de signerades.
 }
book-not-whole = Inte hel. Hämta huvud, nyckel och bok, spara dem och kontrollera dem själv.
book-check-unknown = Kontrollen kunde inte göras till slut. Det säger ingenting om boken: kontrollera igen, eller kontrollera den själv.
book-oneself = Kontrollera själv
book-oneself-lead = Hämta huvud, nyckel och bok och kör det här programmet; det behöver inget annat och tror på inget utom nyckeln. Förvara huvudet någon annanstans.
book-oneself-earlier = Med ett huvud som du sparat från en tidigare dag hittar det också en bok som rullats tillbaka eller skrivits om:
book-entry = Post
book-entry-title = Post { $n } i boken
book-leaf = Lövets hash
book-proof = Bevis
book-proof-lead = Med de här hasharna ger lövets hash den rot som huvudet signerar (RFC 6962).
book-path = Hashar på vägen till roten

cli-book = En kunds bok: huvuden, nyckel, export.
cli-book-head = Skriv ut det nyaste signerade huvudet.
cli-book-key = Skriv ut nyckeln som signerar huvudena, med dess överlämningar.
cli-book-export = Skriv ut boken som JSON Lines, för vaktbok-verify.
cli-arg-from = Den första posten; 0 är bokens början.
