package check

import (
	"slices"
	"strings"

	"biaochi/model"
)

// probe is a rule at work on the records of one unit.
type probe struct {
	in      *Input
	rule    *Rule
	unit    *UnitRecords
	project *model.ProjectContent // nil while the rule reads the sheet
	target  *model.TargetContent  // not nil while it reads that; project is then its stand-in

	within  string // before the fields of a target, where the records of a unit are read
	checked int    // comparisons made
	found   []Finding
}

// RunRecords applies the rules over the records of one unit: its sheet, every
// project and its whole-unit target. A rule that found nothing wrong says how it fared in one row.
func RunRecords(in Input, unit UnitRecords) []Finding {
	var found []Finding
	for i := range catalogue {
		p := probe{in: &in, rule: &catalogue[i], unit: &unit}
		asked := !p.rule.filing || in.Filings
		if asked && (p.rule.sheet != nil || p.rule.project != nil || p.rule.target != nil) && p.rule.Holds(in.Year) {
			found = append(found, p.run()...)
		}
	}
	return found
}

// RunProject applies the rules over filings to one project, as on saving a form:
// what fails or lacks data, without outcomes of whole rules.
func RunProject(in Input, unit UnitRecords, project *model.ProjectContent) []Finding {
	var found []Finding
	for i := range catalogue {
		p := probe{in: &in, rule: &catalogue[i], unit: &unit, project: project}
		if p.rule.project != nil && p.rule.Holds(in.Year) {
			p.rule.project(&p)
			found = append(found, p.found...)
		}
	}
	return found
}

// RunTarget is RunProject for a whole-unit target (整体支出绩效目标). What the unit's
// budget of the year is, its sheet and projects say.
func RunTarget(in Input, unit UnitRecords, target *model.TargetContent) []Finding {
	var found []Finding
	for i := range catalogue {
		p := probe{in: &in, rule: &catalogue[i], unit: &unit}
		if p.rule.target != nil && p.rule.Holds(in.Year) {
			p.readTarget(target)
			found = append(found, p.found...)
		}
	}
	return found
}

func (p *probe) run() []Finding {
	if p.rule.sheet != nil && p.unit.Sheet != nil {
		p.rule.sheet(p)
	}
	for i := range p.unit.Projects {
		if p.rule.project != nil {
			p.project = &p.unit.Projects[i]
			p.rule.project(p)
		}
	}
	p.project = nil
	if p.rule.target != nil && p.unit.Target != nil {
		p.within = "wholeUnitTarget."
		p.readTarget(p.unit.Target)
	}
	failed := slices.ContainsFunc(p.found, func(f Finding) bool { return f.Outcome == Fail })
	switch {
	case p.checked > 0 && !failed:
		p.found = append(p.found, p.rule.finding(Pass, "已逐条核对，没有发现问题。"))
	case len(p.found) == 0:
		p.found = append(p.found, p.rule.finding(NotApplicable, "没有可供本条核对的记录。"))
	}
	return p.found
}

// fail adds a finding that something is wrong; rule, unit and project are filled in.
func (p *probe) fail(f Finding) { p.say(Fail, f) }

// insufficient adds that something cannot be compared.
func (p *probe) insufficient(f Finding) { p.say(InsufficientData, f) }

func (p *probe) say(o Outcome, f Finding) {
	f.Rule, f.Title, f.Outcome, f.Unit = p.rule.ID, p.rule.Title, o, p.unit.Code
	if f.Severity == "" {
		f.Severity = p.rule.Severity
	}
	if p.project != nil {
		f.Project = p.project.Code
	}
	if p.target != nil {
		f.Field = p.within + strings.TrimPrefix(f.Field, "form.")
	}
	p.found = append(p.found, f)
}
