package workflow

import "biaochi/model"

// Versioned is what counting needs to know of one version of a record.
type Versioned struct {
	State model.State
	// AfterInitial marks a version approved after the unit's year had its first
	// 批复: it counts in 变动后, never in 年初.
	AfterInitial bool
}

// VersionedOf gives versions as counting needs them, in their order.
func VersionedOf(versions []model.RecordVersion) []Versioned {
	states := make([]Versioned, len(versions))
	for i, v := range versions {
		states[i] = Versioned{State: v.State, AfterInitial: v.AfterInitial}
	}
	return states
}

// Count tells for every version of one record which table states it counts in.
// The versions come in the order of their numbers, which is also the order of
// their approvals. At most one version counts in each state: 草案 takes the newest
// that passed or is approved, 年初 the newest approved by the first 批复, 变动后
// the newest approved at all; a draft, a version under review, a blocked or a
// withdrawn one never counts. Source: spec of the tables, "Which records count".
func Count(versions []Versioned) []model.Counts {
	counts := make([]model.Counts, len(versions))
	if i := newest(versions, func(v Versioned) bool { return v.State == model.Passed || v.State == model.Approved }); i >= 0 {
		counts[i].InDraft = true
	}
	if i := newest(versions, func(v Versioned) bool { return v.State == model.Approved && !v.AfterInitial }); i >= 0 {
		counts[i].InInitial = true
	}
	if i := newest(versions, func(v Versioned) bool { return v.State == model.Approved }); i >= 0 {
		counts[i].InAdjusted = true
	}
	return counts
}

// Current gives the index of the version whose state is the record's: the newest
// that was not withdrawn, since a withdrawn adjustment leaves what it would have
// replaced; the newest where all were; -1 where there is none.
func Current(versions []Versioned) int {
	if i := newest(versions, func(v Versioned) bool { return v.State != model.Withdrawn }); i >= 0 {
		return i
	}
	return len(versions) - 1
}

func newest(versions []Versioned, wanted func(Versioned) bool) int {
	for i := len(versions) - 1; i >= 0; i-- {
		if wanted(versions[i]) {
			return i
		}
	}
	return -1
}
