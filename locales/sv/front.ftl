# Vad som kan vara fel var som helst: sägs vid ett fält, på en felsida, i problem+json.
error-needs-right = Det här kräver rättigheten { $right }.
ui-nav-groups = Grupper
ui-nav-profiles = Profiler
ui-nav-book = Boken
ui-jump-pages = Sidor
ui-jump-queues = Köer
ui-jump-entries = Poster
ui-jump-entry = Post { $n }
