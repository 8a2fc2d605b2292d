package tracking

import "biaochi/model"

// Margin is what a unit asks for of a fund kind beside its control figure (控制数).
type Margin struct {
	FundKind model.FundKind `json:"fundKind"`
	Asked    model.Money    `json:"asked"`
	// Control is the figure; nil where the kind has none and nothing limits it.
	Control *model.Money `json:"control"`
	// Over is how much too much is asked for, 0 where it fits.
	Over model.Money `json:"over"`
}

// Margins holds what is asked for against the control figures, by fund kind in the
// order of the tables; kinds that neither side names are left out. A unit may shift
// nothing from one kind to another, so each is for itself.
func Margins(asked, control map[model.FundKind]model.Money) []Margin {
	var margins []Margin
	for _, kind := range model.FundKinds {
		figure, limited := control[kind]
		m := Margin{FundKind: kind, Asked: asked[kind]}
		if !limited && m.Asked == 0 {
			continue
		}
		if limited {
			m.Control, m.Over = &figure, max(0, m.Asked-figure)
		}
		margins = append(margins, m)
	}
	return margins
}

// OverControl tells whether any kind is asked for beyond its figure.
func OverControl(margins []Margin) bool {
	for _, m := range margins {
		if m.Over > 0 {
			return true
		}
	}
	return false
}
