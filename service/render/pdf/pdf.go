// Package pdf writes a document as PDF: text that can be searched and copied, fonts
// embedded, bookmarks, links from the contents, and the same bytes for the same
// document. It writes the format itself; docs/decisions says why.
package pdf

import (
	"io"

	"biaochi/service/render"
	"biaochi/service/render/font"
	"biaochi/service/render/layout"
)

// Write writes the document to w. A character that the fonts lack is drawn as 〓 and
// keeps its meaning when text is searched or copied; Missing tells of them. Errors
// are those of the tables' rows and of w.
func Write(w io.Writer, d render.Document) error {
	book, err := layout.Lay(d)
	if err != nil {
		return err
	}
	return WriteBook(w, book)
}

// WriteBook writes a document that was laid out already. Errors are those of w.
func WriteBook(w io.Writer, book *layout.Book) error {
	f := newFile(w)
	f.book(book)
	return f.err
}

// Missing gives the characters of a text that would be drawn as 〓, each once, in
// the order of first use: for checks before a document is made.
func Missing(text string) []rune {
	var missing []rune
	seen := map[rune]bool{}
	for _, r := range layout.Clean(text) {
		if _, ok := font.For(r, font.Serif()); !ok && r != '\n' && !seen[r] {
			seen[r] = true
			missing = append(missing, r)
		}
	}
	return missing
}
