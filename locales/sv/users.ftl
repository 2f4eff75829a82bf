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
