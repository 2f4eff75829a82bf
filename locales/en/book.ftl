book-state = The book now
book-lead = Every entry of the three logs is a leaf of one book that can only grow. Whoever keeps a signed head can prove later that nothing was taken out or altered.
book-no-head = Nothing has been signed yet. The first entry makes the first head within a second.
book-size = Entries
book-signed-size = Entries signed
book-signed-at = Signed
book-root = Root
book-origin = Book
book-head = Signed head
book-take-head = Take the head
book-take-key = Take the key
book-take-whole = Take the whole book
book-check = Check here
book-check-lead = Reads the whole book and checks every entry against the newest head, as vaktbok-verify does.
book-check-begin = Check the book
book-check-stopped = Stopped before the end.
book-whole = { $n ->
    [one] Whole: the entry is as it was signed.
   *[other] Whole: all { $n } entries are as they were signed.
 }
book-not-whole = Not whole. Take head, key and book, keep them, and check them yourself.
book-check-unknown = The check could not be made to its end. This says nothing of the book: check again, or check it yourself.
book-oneself = Check it yourself
book-oneself-lead = Take head, key and book, and run this program; it needs nothing else and believes nothing but the key. Keep the head somewhere else.
book-oneself-earlier = With a head that you kept from an earlier day it also finds a book that was rolled back or written anew:
book-entry = Entry
book-entry-title = Entry { $n } in the book
book-leaf = Leaf hash
book-proof = Proof
book-proof-lead = With these hashes, the leaf's hash gives the root that the head signs (RFC 6962).
book-path = Hashes on the way to the root

cli-book = The book of a customer: heads, key, export.
cli-book-head = Print the newest signed head.
cli-book-key = Print the key that signs the heads, with its rotations.
cli-book-export = Print the book as JSON Lines, for vaktbok-verify.
cli-arg-from = The first entry; 0 is the beginning of the book.
