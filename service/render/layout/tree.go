package layout

import "biaochi/service/render"

// Node is an element of a document's structure, as those follow it who can't see the
// page. Roles are the standard types of PDF 1.7.
type Node struct {
	Role          string // Document, Sect, H1, P, Table, TR, TH, TD, Figure, TOC …
	Parent        int    // index of the element that it belongs to
	Alt           string // of a figure: what it shows, in words
	Scope         string // of a TH: Column or Row, what it heads
	Columns, Rows int    // spans of a cell; 0 counts as 1
}

// root is the element that holds all others. No text belongs to it directly, so that
// the tag 0 of a text says that it is an artifact: header, number, a repeated head.
const root = 0

// outline collects the structure while pages are filled.
type outline struct {
	nodes []Node
	sects []sect // that are open, the innermost last
}

type sect struct{ level, node int }

func newOutline() *outline { return &outline{nodes: []Node{{Role: "Document"}}} }

// add puts an element below another, behind those that are there.
func (o *outline) add(n Node) int {
	o.nodes = append(o.nodes, n)
	return len(o.nodes) - 1
}

// here is the section that is open.
func (o *outline) here() int {
	if n := len(o.sects); n > 0 {
		return o.sects[n-1].node
	}
	return root
}

// open closes the sections of a level and below, and opens one of the level.
func (o *outline) open(level int) {
	for len(o.sects) > 0 && o.sects[len(o.sects)-1].level >= level {
		o.sects = o.sects[:len(o.sects)-1]
	}
	o.sects = append(o.sects, sect{level, o.add(Node{Role: "Sect", Parent: o.here()})})
}

// tag gives what is written from here on to an element.
func (f *flow) tag(node int) {
	f.node = node
	f.page.tag = node
}

// tagged opens an element of the current section for what is written from here on.
func (f *flow) tagged(role string) int {
	n := f.outline.add(Node{Role: role, Parent: f.outline.here()})
	f.tag(n)
	return n
}

// tagTable opens a table with the elements of all its cells, and its caption for what
// is written next.
func (f *flow) tagTable(s *Sheet, caption bool) {
	s.index()
	table := f.outline.add(Node{Role: "Table", Parent: f.outline.here()})
	if caption {
		f.tag(f.outline.add(Node{Role: "Caption", Parent: table}))
	}
	group := table
	for row := range s.Rows {
		switch {
		case row == s.Head && row > 0:
			group = f.outline.add(Node{Role: "TBody", Parent: table})
		case row == 0 && s.Head > 0:
			group = f.outline.add(Node{Role: "THead", Parent: table})
		}
		tr := f.outline.add(Node{Role: "TR", Parent: group})
		for _, c := range s.rowsOf[row] {
			f.tagCell(s, c, tr)
		}
	}
}

func (f *flow) tagCell(s *Sheet, c *Cell, tr int) {
	n := Node{Role: "TD", Parent: tr, Columns: c.Columns, Rows: c.Rows}
	if c.Text != "" {
		switch {
		case c.Label && (c.Row < s.Head || s.heads(c.Row)):
			n.Role, n.Scope = "TH", "Column"
		case c.Label || c.Names:
			n.Role, n.Scope = "TH", "Row"
		}
	}
	c.node = f.outline.add(n)
}

// heads says whether all cells that begin in a row are printed words.
func (s *Sheet) heads(row int) bool {
	for _, c := range s.rowsOf[row] {
		if !c.Label {
			return false
		}
	}
	return true
}

// tagChart opens a figure with its words, and its caption for what is written next.
func (f *flow) tagChart(c render.Chart) (figure int) {
	figure = f.outline.add(Node{Role: "Figure", Parent: f.outline.here(), Alt: Clean(c.Title + "：" + c.Words())})
	f.tag(f.outline.add(Node{Role: "Caption", Parent: figure}))
	return figure
}
