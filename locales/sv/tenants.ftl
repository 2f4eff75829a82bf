# Kunder på plattformen.

tenant-administrators = Administratörer
tenant-agents = Agenter
tenant-wallboards = Väggtavlor
tenant-services = Tjänster
tenant-everything = Allt
tenant-first-administrator = Första administratören
tenant-number-taken = Det finns redan en kund med det kundnumret. Välj ett annat nummer.
tenant-host-taken = En annan kund hittas under det värdnamnet. Välj ett annat eller utelämna det.
undo-never-tenant = En kunds hela verksamhet hänger på detta. Det går inte att ta tillbaka med ett klick.
undo-never-started = Användaren skapades av ett kommando på maskinen. Inaktivera användaren i stället.
