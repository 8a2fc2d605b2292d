package workflow

import (
	"time"

	"biaochi/model"
)

// Deputation says that a reviewer who is away named a deputy for a time (代理审核).
// The deputy acts in the reviewer's seats; events keep both names.
type Deputation struct {
	Principal string // account of the reviewer
	Deputy    string // account of whoever acts
	From      time.Time
	Until     time.Time // not included
}

// Active tells whether the deputy acts at the given instant.
func (d Deputation) Active(at time.Time) bool { return !at.Before(d.From) && at.Before(d.Until) }

func (d Deputation) overlaps(o Deputation) bool {
	return d.From.Before(o.Until) && o.From.Before(d.Until)
}

// Check refuses a deputation that can't be: oneself, a time that ends before it
// begins, a second deputy for the same time, and a deputy who is away or a deputy
// of somebody's deputy: seats are lent once. Others are the deputations there are.
// Errors: Invalid "deputy.self", "deputy.time"; Conflict "deputy.twice",
// "deputy.chain".
func (d Deputation) Check(others []Deputation) error {
	switch {
	case d.Principal == "" || d.Deputy == "" || d.Principal == d.Deputy:
		return model.Fail(model.Invalid, "deputy.self", "代理人不能为空，也不能是本人；请另选一位")
	case !d.From.Before(d.Until):
		return model.Fail(model.Invalid, "deputy.time", "代理的结束时间须晚于开始时间")
	}
	for _, o := range others {
		switch {
		case !d.overlaps(o):
		case o.Principal == d.Principal:
			return model.Fail(model.Conflict, "deputy.twice", "这段时间已由 %s 代理；请先收回，或改选时间", o.Deputy)
		case o.Principal == d.Deputy:
			return model.Fail(model.Conflict, "deputy.chain", "%s 这段时间已请 %s 代理，不能再代理他人；请另选一位", d.Deputy, o.Deputy)
		case o.Deputy == d.Principal:
			return model.Fail(model.Conflict, "deputy.chain", "您这段时间正代理 %s，不能再请人代理；请先收回该代理", o.Principal)
		}
	}
	return nil
}
