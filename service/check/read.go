package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/budget"
)

// ReadGrid reads a published table from its cells: the rows below the one-line
// head, in the columns of the CSV. Keys that print leaves out are found again from
// names: economic codes from the lexicon, units from the given list. It fails on a
// row of another width and on a figure that is no amount in 万元.
func ReadGrid(def *budget.TableDef, year int, unit string, rows [][]string, names budget.Names, units []budget.Unit) (*Grid, error) {
	r := gridReader{names: names, units: units}
	r.grid = &Grid{Def: def, Title: budget.Words(def.Title, year, unit)}
	for i, cells := range rows {
		line, err := readLine(def, cells)
		if err != nil {
			return nil, fmt.Errorf("《%s》第 %d 行：%w", r.grid.Title, i+1, err)
		}
		r.key(&line, cells)
		for side, key := range line.Keys {
			line.Labels[side] = cmp.Or(line.Labels[side], key)
		}
		r.grid.Lines = append(r.grid.Lines, line)
	}
	return r.grid, nil
}

func readLine(def *budget.TableDef, cells []string) (Line, error) {
	if len(cells) != len(def.Columns) {
		return Line{}, fmt.Errorf("有 %d 栏，应为 %d 栏", len(cells), len(def.Columns))
	}
	line := Line{Kind: budget.ItemRow, Figures: make([]model.Money, len(cells))}
	for i, text := range cells {
		c := &def.Columns[i]
		if c.Kind == budget.FigureColumn {
			var err error
			if line.Figures[i], err = readWan(text); err != nil {
				return Line{}, fmt.Errorf("“%s”栏的“%s”不是以万元为单位的数字", c.Heading, text)
			}
			continue
		}
		if line.Labels[c.Side] == "" {
			line.Labels[c.Side] = text
		}
		if c.Kind == budget.NameColumn && line.Names[c.Side] == "" {
			line.Names[c.Side] = text
		}
	}
	return line, nil
}

// readWan reads a figure in 万元, blank for nothing.
func readWan(text string) (model.Money, error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ",", "")
	if text == "" {
		return 0, nil
	}
	digits, negative := strings.CutPrefix(text, "-")
	m, err := model.ParseMoney(digits)
	if m *= shownUnit; negative {
		m = -m
	}
	return m, err
}

// gridReader gives the lines of a grid their keys, one after the other.
type gridReader struct {
	grid  *Grid
	names budget.Names
	units []budget.Unit
	class string // the economic 类 that the next items stand under
	unit  string // the unit that the next projects stand under
	items int    // lines of a balance met above its foot
}

func (r *gridReader) key(line *Line, cells []string) {
	def := r.grid.Def
	switch def.Rows.Kind {
	case budget.FunctionRows, budget.RevenueRows, budget.TwoCodeRows:
		r.codeKeys(line, cells)
	case budget.BalanceRows:
		r.balanceKeys(line)
	case budget.EconomicRows:
		r.economicKey(line, cells)
	case budget.FixedRows:
		i := slices.IndexFunc(def.Rows.Items, func(item budget.ItemDef) bool { return item.Text == line.Names[0] })
		if i >= 0 {
			line.Keys[0] = def.Rows.Items[i].Key
		}
	case budget.UnitRows, budget.ProjectRows:
		r.unitKey(line)
	}
}

// total marks the total row; false where the line is another.
func (r *gridReader) total(line *Line, side int) bool {
	text := r.grid.Def.Rows.Total
	if text == "" || line.Labels[side] != text {
		return false
	}
	line.Keys[side], line.Kind = budget.TotalKey, budget.TotalRow
	return true
}

func (r *gridReader) codeKeys(line *Line, cells []string) {
	for i, c := range r.grid.Def.Columns {
		if c.Kind == budget.CodeColumn && !r.total(line, c.Side) {
			line.Keys[c.Side] = cells[i]
		}
	}
}

func (r *gridReader) balanceKeys(line *Line) {
	rows := &r.grid.Def.Rows
	for i := range rows.Foot {
		foot := &rows.Foot[i]
		if r.items >= len(rows.Items) && line.Names == [2]string{foot.Left, foot.Right} {
			line.Keys = [2]string{foot.Key, foot.Key}
			return
		}
	}
	if r.items < len(rows.Items) && line.Names[0] == rows.Items[r.items].Text {
		line.Keys[0] = rows.Items[r.items].Key
	}
	r.items++
	if _, name, ok := strings.Cut(line.Names[1], "、"); ok {
		line.Keys[1] = r.codeNamed(model.FunctionalCatalogue, "", name, 3)
	}
}

func (r *gridReader) economicKey(line *Line, cells []string) {
	if r.total(line, 0) {
		return
	}
	name := line.Names[0]
	if government := cells[1]; government == "" {
		r.class = r.codeNamed(model.DepartmentEconomicCatalogue, "", name, 3)
		line.Keys[0], line.Kind = r.class, budget.GroupRow
	} else {
		line.Keys[0] = r.codeNamed(model.DepartmentEconomicCatalogue, r.class, name, 5) + "/" + government
	}
}

// codeNamed finds the code of a name below a parent, the first of several; the
// name itself where the lexicon has none, which keeps rows apart.
func (r *gridReader) codeNamed(kind model.CatalogueKind, parent, name string, digits int) string {
	for _, lexicon := range []budget.Lexicon{r.names.Own, r.names.Catalogue} {
		first := ""
		for code, known := range lexicon[kind] {
			if known == name && len(code) == digits && strings.HasPrefix(code, parent) && (first == "" || code < first) {
				first = code
			}
		}
		if first != "" {
			return first
		}
	}
	return name
}

func (r *gridReader) unitKey(line *Line) {
	if r.total(line, 0) {
		return
	}
	name := line.Names[0]
	i := slices.IndexFunc(r.units, func(u budget.Unit) bool { return u.Name == name })
	if i < 0 {
		line.Keys[0] = r.unit + "/" + name
		return
	}
	r.unit = r.units[i].Code
	line.Keys[0] = r.unit
	if r.grid.Def.Rows.Kind == budget.ProjectRows {
		line.Kind = budget.GroupRow
	}
}
