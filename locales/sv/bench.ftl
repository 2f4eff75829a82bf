# Mätning av vad programmet kostar.

cli-bench = Mät vad programmet kostar, på en egen mapp som fylls med påhittade poster.
cli-arg-entries = Poster hos den enda, påhittade kunden, till exempel 10000, 1000000 eller 10000000. En mapp som har färre fylls på.
cli-arg-runs = Antal körningar för varje siffra; medianen skrivs ut.
cli-arg-only = Bara dessa delar av tabellen, med komma emellan; ”fill” för enbart fyllningen.
cli-arg-sign_ins = Antal inloggningar innan minnet mäts.
cli-arg-settle_seconds = Sekunder i lugn och ro innan minnet mäts igen.
cli-arg-recording_megabytes = Den långa inspelningens storlek, i megabyte.
bench-not-its-own = Här finns kund { $number }. En mätning fyller på med påhittade poster: ange en tom mapp eller databas, eller en som det här kommandot har fyllt.
bench-no-such-part = Det finns ingen del { $part }. Delarna är: { $parts }.
bench-filling = { $done } av { $all } poster skapade, { $rate } i sekunden
bench-gathering = orden i { $done } av { $all } poster insamlade, { $rate } poster i sekunden
bench-at-most = högst { $n }
bench-at-least = minst { $n }
bench-kept = hålls
bench-missed = hålls inte
