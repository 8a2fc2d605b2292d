package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// ChangedError is the Conflict of somebody who acted on what another one changed
// since: who, when, what they did, and field by field what became of the content.
// Its Err has the code Conflict, the reason "record.changed", and the differences
// as Fields.
type ChangedError struct {
	Err         *model.Error
	Lock        int // of the record as it is now
	State       model.State
	By          string // who acted last
	At          time.Time
	Acts        []string // named actions since, oldest first
	Differences []Difference
}

// Error gives the message.
func (e *ChangedError) Error() string { return e.Err.Error() }

// Unwrap gives the coded error.
func (e *ChangedError) Unwrap() error { return e.Err }

var errChanged = model.Fail(model.Conflict, "record.changed", "这份申报或基本支出表刚被别人修改，请刷新后再改")

// seen refuses a person who saw the record as it no longer is.
// Errors: Invalid "request.lock" where they don't say what they saw; Conflict
// "record.changed".
func (w *work) seen(lock int) error {
	switch {
	case lock == 0:
		return model.Fail(model.Invalid, "request.lock", "请求没有带上修改版本号，请刷新后再办理")
	case lock != w.record.Version:
		return errChanged
	}
	return nil
}

// explain turns a bare conflict into one that shows what the other changed.
func (s *Service) explain(ctx context.Context, r request, w *work, err error) error {
	if model.ReasonOf(err) != "record.changed" || w.record.ID == 0 {
		return err
	}
	changed := &ChangedError{}
	failed := s.store.Read(ctx, func(tx *store.Tx) error {
		now := &work{Service: s, tx: tx, person: r.person}
		if err := now.load(w.record.ID); err != nil {
			return err
		}
		var err error
		changed, err = now.changes(r)
		return err
	})
	if failed != nil {
		return errors.Join(err, failed)
	}
	return changed
}

// changes reads from the log what was done since the person looked. Where the log
// doesn't tell, as after an import, their own content is compared with what is there.
func (w *work) changes(r request) (*ChangedError, error) {
	c := &ChangedError{Lock: w.record.Version, State: w.in.State, By: w.position.MovedBy, At: w.position.MovedAt}
	events, err := w.tx.Events(store.Everything(), store.EventFilter{RecordID: w.record.ID})
	if err != nil {
		return nil, err
	}
	var all [][]Difference
	for _, e := range events {
		var d EventDetail
		if e.Detail == "" || json.Unmarshal([]byte(e.Detail), &d) != nil || d.Lock <= r.lock {
			continue
		}
		c.By, c.At, c.Acts = e.Actor, e.At, append(c.Acts, e.Action)
		all = append(all, d.Differences)
	}
	c.Differences = merged(all...)
	if c.Acts == nil && r.mine != nil {
		content, err := w.content()
		if err != nil {
			return nil, err
		}
		c.Differences = Differences(*r.mine, content)
	}
	c.Err = c.conflict()
	return c, nil
}

func (c *ChangedError) conflict() *model.Error {
	var did []string
	for _, name := range c.Acts {
		if a, ok := rbac.ActionByName(name); ok {
			did = append(did, a.ZH)
		}
	}
	what := "改动"
	if did != nil {
		what = strings.Join(did, "、")
	}
	err := model.Fail(model.Conflict, "record.changed", "%s 已于 %s（%s），现为%s，共 %d 处内容有变化；请核对后再办理",
		c.By, c.At.In(model.Beijing).Format("2006-01-02 15:04:05"), what, c.State.Word(), len(c.Differences))
	for _, d := range c.Differences {
		err.Fields = append(err.Fields, model.Problem{Path: d.Path, Message: d.String()})
	}
	return err
}

// String says the difference in one sentence.
func (d Difference) String() string {
	switch d.Kind {
	case Added:
		return fmt.Sprintf("%s：新增“%s”", d.Label, d.After)
	case Removed:
		return fmt.Sprintf("%s：删除“%s”", d.Label, d.Before)
	case Moved:
		return fmt.Sprintf("%s：从%s移到%s", d.Label, d.Before, d.After)
	}
	return fmt.Sprintf("%s：由“%s”改为“%s”", d.Label, d.Before, d.After)
}
