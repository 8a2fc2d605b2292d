package pdf

import (
	"fmt"
	"strings"

	"biaochi/service/render/layout"
)

// book writes a whole document: pages, contents of pages, bookmarks, fonts.
func (f *file) book(book *layout.Book) {
	root, info, tree, resources := f.reserve(), f.reserve(), f.reserve(), f.reserve()
	pages := make([]ref, len(book.Pages))
	for i := range pages {
		pages[i] = f.reserve()
	}
	places := destinations(book, pages)
	s := newStructure(book, pages)
	for i := range book.Pages {
		f.page(s, i, tree, resources, places)
	}
	f.object(tree, fmt.Sprintf("<</Type/Pages/Count %d/Kids%v>>", len(pages), pages))
	outline := f.outline(book.Entries, places)
	f.embed()
	var fonts strings.Builder
	for i, face := range f.fonts {
		fmt.Fprintf(&fonts, "/F%d %s", i, face.ref)
	}
	f.object(resources, fmt.Sprintf("<</Font<<%s>>>>", fonts.String()))
	f.object(root, fmt.Sprintf("<</Type/Catalog/Pages %s/MarkInfo<</Marked true>>/StructTreeRoot %s/Lang%s%s/PageLabels<</Nums[%s]>>/ViewerPreferences<</DisplayDocTitle true>>>>",
		tree, f.structure(s), text(book.Language), outline, pageLabels(book)))
	f.object(info, fmt.Sprintf("<</Title%s/Author%s/Creator%s>>", text(book.Title), text(book.Owner), text("标尺 Biaochi")))
	f.close(root, info)
}

// pageLabels numbers pages in the viewer as they are printed.
func pageLabels(book *layout.Book) string {
	labels := "0<<>>"
	if book.Body > 1 {
		labels += "1<</S/R>>"
	}
	if book.Body < len(book.Pages) {
		labels += fmt.Sprintf("%d<</S/D>>", book.Body)
	}
	return labels
}

// destinations gives, by anchor, where an entry of the contents leads.
func destinations(book *layout.Book, pages []ref) map[string]string {
	places := map[string]string{}
	for _, e := range book.Entries {
		places[e.Anchor] = fmt.Sprintf("[%s/XYZ 0 %s 0]", pages[e.Page], number(book.Pages[e.Page].Height-e.Top))
	}
	return places
}

func (f *file) page(s *structure, i int, tree, resources ref, places map[string]string) {
	p, content := s.book.Pages[i], f.reserve()
	data, tags := f.content(p, s.book.Nodes)
	f.stream(content, "", data)
	s.pieces(i, tags)
	var links []ref
	for _, l := range p.Links {
		own := f.reserve()
		links = append(links, own)
		f.object(own, fmt.Sprintf("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%s]/Dest%s/StructParent %d>>",
			numbers(l.X, p.Height-l.Y-l.H, l.X+l.W, p.Height-l.Y), places[l.Anchor], s.link(i, l.Tag, own)))
	}
	annotations := ""
	if len(links) > 0 {
		annotations = fmt.Sprintf("/Annots%v/Tabs/S", links)
	}
	f.object(s.pages[i], fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s]/Resources %s/Contents %s/StructParents %d%s>>",
		tree, numbers(p.Width, p.Height), resources, content, i, annotations))
}

// bookmark is an entry with its place in the tree of bookmarks.
type bookmark struct {
	layout.Entry
	own, parent ref
	children    []*bookmark
}

// outline writes the bookmarks, those of lower levels below those of higher, and
// gives the catalogue's entry for them.
func (f *file) outline(entries []layout.Entry, places map[string]string) string {
	if len(entries) == 0 {
		return ""
	}
	root := &bookmark{own: f.reserve()}
	open := []*bookmark{root}
	for _, e := range entries {
		for len(open) > 1 && open[len(open)-1].Level >= e.Level {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		b := &bookmark{Entry: e, own: f.reserve(), parent: parent.own}
		parent.children = append(parent.children, b)
		open = append(open, b)
	}
	f.object(root.own, fmt.Sprintf("<</Type/Outlines%s>>", f.children(root, places)))
	return fmt.Sprintf("/PageMode/UseOutlines/Outlines %s", root.own)
}

// children writes the bookmarks below one and gives its links to them.
func (f *file) children(of *bookmark, places map[string]string) string {
	if len(of.children) == 0 {
		return ""
	}
	for i, b := range of.children {
		near := ""
		if i > 0 {
			near += fmt.Sprintf("/Prev %s", of.children[i-1].own)
		}
		if i+1 < len(of.children) {
			near += fmt.Sprintf("/Next %s", of.children[i+1].own)
		}
		f.object(b.own, fmt.Sprintf("<</Title%s/Parent %s/Dest%s%s%s>>", text(b.Text), b.parent, places[b.Anchor], near, f.children(b, places)))
	}
	last := len(of.children) - 1
	return fmt.Sprintf("/First %s/Last %s/Count %d", of.children[0].own, of.children[last].own, descendants(of))
}

func descendants(of *bookmark) (n int) {
	for _, b := range of.children {
		n += 1 + descendants(b)
	}
	return n
}
