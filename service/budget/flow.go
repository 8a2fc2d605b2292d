package budget

import (
	"slices"
	"strings"

	"biaochi/model"
)

// Flow is where the money of a year comes from and what it is for (资金流向): the
// budget's expenditure by fund kind and by class (类) of the functional classification.
type Flow struct {
	Sources   []FlowSource
	Functions []FlowFunction // by code
	Total     model.Money
}

// FlowSource is a fund kind of the year; carry-over of every kind stands apart.
type FlowSource struct {
	Kind   model.FundKind // "" for carry-over, and for money of which nobody said it
	Source model.Source
	Amount model.Money
}

// FlowFunction is a class of functions with what it gets from each source, in their
// order.
type FlowFunction struct {
	Code    string // three digits
	Name    string // "" where neither records nor catalogue know the code
	Amounts []model.Money
	Amount  model.Money
}

// FlowOf finds the flow in grouped sums of facts; sources and classes without money are
// left out.
func FlowOf(sums []model.Fact, names Names) Flow {
	sources := flowSources(sums)
	flow := Flow{Sources: sources}
	for i := range sums {
		fact := &sums[i]
		if fact.Measure != model.MeasureBudget || fact.Amount == 0 {
			continue
		}
		from := slices.IndexFunc(sources, func(s FlowSource) bool { return s.feeds(fact) })
		into := flow.function(fact.FunctionCode[:min(classDigits, len(fact.FunctionCode))], names)
		into.Amounts[from] += fact.Amount
		into.Amount += fact.Amount
		sources[from].Amount += fact.Amount
		flow.Total += fact.Amount
	}
	slices.SortFunc(flow.Functions, func(a, b FlowFunction) int { return strings.Compare(a.Code, b.Code) })
	return flow
}

// feeds tells whether a fact's money comes from the source. What doesn't say that it is
// carried over is this year's.
func (s FlowSource) feeds(f *model.Fact) bool {
	if s.Source == model.CarryOver || f.Source == model.CarryOver {
		return s.Source == f.Source
	}
	return s.Kind == f.FundKind
}

// flowSources are those that any money comes from, this year's before carry-over.
func flowSources(sums []model.Fact) (list []FlowSource) {
	all := []FlowSource{}
	for _, kind := range append(slices.Clone(model.FundKinds), "") { // a draft may not say which
		all = append(all, FlowSource{Kind: kind, Source: model.CurrentYear})
	}
	for _, s := range append(all, FlowSource{Source: model.CarryOver}) {
		if slices.ContainsFunc(sums, func(f model.Fact) bool { return f.Measure == model.MeasureBudget && f.Amount != 0 && s.feeds(&f) }) {
			list = append(list, s)
		}
	}
	return list
}

// function gives the class of a code, a new one where it has none yet.
func (f *Flow) function(code string, names Names) *FlowFunction {
	i := slices.IndexFunc(f.Functions, func(one FlowFunction) bool { return one.Code == code })
	if i < 0 {
		name, _ := names.Name(model.FunctionalCatalogue, code)
		f.Functions = append(f.Functions, FlowFunction{Code: code, Name: name, Amounts: make([]model.Money, len(f.Sources))})
		i = len(f.Functions) - 1
	}
	return &f.Functions[i]
}
