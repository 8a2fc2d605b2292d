package pdf

import (
	"fmt"
	"strings"

	"biaochi/service/render/layout"
)

// structure collects which pieces of the pages belong to which element of the
// document, as readers aloud need it.
type structure struct {
	book    *layout.Book
	pages   []ref
	kids    [][]string // of each element: its pieces of pages, and its links
	on      []int      // page that an element's pieces stand on first, -1 for none
	parents [][]int    // elements by the number that a page or a link has in the file
}

func newStructure(book *layout.Book, pages []ref) *structure {
	s := &structure{book: book, pages: pages, kids: make([][]string, len(book.Nodes)), on: make([]int, len(book.Nodes))}
	for i := range s.on {
		s.on[i] = -1
	}
	s.parents = make([][]int, len(pages))
	return s
}

// pieces notes the elements of a page's pieces.
func (s *structure) pieces(page int, tags []int) {
	s.parents[page] = tags
	for number, node := range tags {
		if s.on[node] < 0 {
			s.on[node] = page
		}
		piece := fmt.Sprint(number)
		if s.on[node] != page {
			piece = fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", s.pages[page], number)
		}
		s.kids[node] = append(s.kids[node], piece)
	}
}

// link notes a link of a page and gives the number that leads back to its element.
func (s *structure) link(page, node int, own ref) int {
	s.kids[node] = append(s.kids[node], fmt.Sprintf("<</Type/OBJR/Pg %s/Obj %s>>", s.pages[page], own))
	s.parents = append(s.parents, []int{node})
	return len(s.parents) - 1
}

// structure writes the elements and gives the root of their tree.
func (f *file) structure(s *structure) ref {
	root, parents := f.reserve(), f.reserve()
	refs := make([]ref, len(s.book.Nodes))
	children := make([][]string, len(refs))
	for i := range refs {
		refs[i] = f.reserve()
		if i > 0 {
			above := s.book.Nodes[i].Parent
			children[above] = append(children[above], refs[i].String())
		}
	}
	for i, n := range s.book.Nodes {
		above := root
		if i > 0 {
			above = refs[n.Parent]
		}
		page := ""
		if s.on[i] >= 0 {
			page = fmt.Sprintf("/Pg %s", s.pages[s.on[i]])
		}
		f.object(refs[i], fmt.Sprintf("<</S/%s/P %s%s%s/K[%s]>>", n.Role, above, page, s.attributes(i), strings.Join(append(children[i], s.kids[i]...), " ")))
	}
	f.object(root, fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d>>", refs[0], parents, len(s.parents)))
	f.object(parents, s.parentTree(refs))
	return root
}

// attributes says what an element is beyond its role.
func (s *structure) attributes(node int) string {
	n := s.book.Nodes[node]
	cell, words := "", ""
	if n.Scope != "" {
		cell += "/Scope/" + n.Scope
	}
	if n.Columns > 1 {
		cell += fmt.Sprintf("/ColSpan %d", n.Columns)
	}
	if n.Rows > 1 {
		cell += fmt.Sprintf("/RowSpan %d", n.Rows)
	}
	if cell != "" {
		words = "/A<</O/Table" + cell + ">>"
	}
	if n.Alt != "" {
		words += "/Alt" + text(n.Alt) + s.box(node)
	}
	return words
}

// box is where a figure stands on its page.
func (s *structure) box(node int) string {
	if s.on[node] < 0 {
		return ""
	}
	p := s.book.Pages[s.on[node]]
	for _, w := range p.Wedges {
		if w.Tag == node {
			y := p.Height - w.Y
			return fmt.Sprintf("/A<</O/Layout/Placement/Block/BBox[%s]>>", numbers(w.X-w.Radius, y-w.Radius, w.X+w.Radius, y+w.Radius))
		}
	}
	return ""
}

// parentTree leads from the pieces of each page, and from each link, to elements.
func (s *structure) parentTree(refs []ref) string {
	var b strings.Builder
	b.WriteString("<</Nums[")
	for number, nodes := range s.parents {
		if number >= len(s.pages) {
			fmt.Fprintf(&b, "%d %s ", number, refs[nodes[0]])
			continue
		}
		fmt.Fprintf(&b, "%d[", number)
		for _, node := range nodes {
			fmt.Fprintf(&b, "%s ", refs[node])
		}
		b.WriteString("]")
	}
	return b.String() + "]>>"
}
