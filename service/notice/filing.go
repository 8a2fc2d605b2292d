package notice

import (
	"fmt"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// Filed tells of an act on a filing or a basic sheet: whoever's move is next, and
// those who prepared it where it came back or came to an end. Nobody is told of what
// they did themselves, and saving a draft is no news.
func (s *Service) Filed(tx *store.Tx, news filing.News) error {
	if news.Event.RecordID == 0 {
		return s.approved(tx, news)
	}
	if news.Action == workflow.Save || news.Action == workflow.Approve || news.Action == workflow.Adjust {
		return nil
	}
	people, err := s.accounts.Reaching(tx, news.Unit.Path)
	if err != nil {
		return err
	}
	seated := atTurn(news, people)
	for _, p := range people {
		if p.Login == news.Event.Actor {
			continue
		}
		for _, n := range noticesFor(news, p, len(seated) == 0 || seated[p.Login]) {
			n.Source = string(n.Kind) + ":" + news.Event.ID.String()
			n.Actor, n.UnitID, n.Year, n.RecordID = news.Event.Actor, news.Unit.ID, news.Event.Year, news.Event.RecordID
			if err := s.tell(tx, p.Account, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// atTurn are the logins of those whose own seat is that of the next step. Who sits
// higher may act there too, but is told only where nobody sits there.
func atTurn(news filing.News, people []account.Listed) map[string]bool {
	seated := map[string]bool{}
	for _, p := range people {
		there := func(a rbac.Assignment) bool { return a.Role == rbac.Reviewer && a.UnitPath == news.Turn.Path }
		if news.Turn.Role == workflow.Reviewer && slices.ContainsFunc(p.Assignments(), there) && news.Waits(personOf(p)) {
			seated[p.Login] = true
		}
	}
	return seated
}

func personOf(p account.Listed) rbac.Person {
	return rbac.Person{Login: p.Login, Assignments: p.Assignments()}
}

// noticesFor says what a person is told of an act; seated tells whether they are of
// those to be told that the next move is theirs.
func noticesFor(news filing.News, p account.Listed, seated bool) (list []model.Notice) {
	what := fmt.Sprintf("%s %d 年“%s”", news.Unit.Name, news.Event.Year, news.Name)
	say := func(kind model.NoticeKind, format string, args ...any) {
		list = append(list, model.Notice{Kind: kind, Text: what + fmt.Sprintf(format, args...)})
	}
	prepared := slices.Contains(news.PreparedBy, p.Login) && prepares(p, news.Unit.Path)
	switch {
	case prepared && news.Action == workflow.Return:
		say(model.NoticeReturned, "被退回，请修改后重新提交。%s%s", remarked(news), because(news.Event.Reason))
	case prepared && news.Action == workflow.Block:
		say(model.NoticeBlocked, "不予安排。%s", because(news.Event.Reason))
	case prepared && news.Action == workflow.Pass && news.Event.ToState == model.Passed:
		say(model.NoticePassed, "已审核通过，等待批复。%s", remarked(news))
	case prepared && news.Action == workflow.Pass && news.Remarks > 0:
		say(model.NoticeRemark, "有 %d 处审核意见。", news.Remarks)
	case prepared && news.Action == workflow.EditAgreed:
		say(model.NoticeTurn, "由审核人提出修改，等待您同意。%s", because(news.Event.Reason))
	case prepared && news.Action == workflow.Reopen:
		say(model.NoticeTurn, "已重新开放，可以修改后再次提交。%s", because(news.Event.Reason))
	case seated && news.Turn.Role != workflow.Preparer && news.Waits(personOf(p)):
		say(model.NoticeTurn, "到“%s”，等待您%s。", news.Turn.Name, todo(news.Turn))
	}
	return list
}

func prepares(p account.Listed, unitPath string) bool {
	return slices.ContainsFunc(p.Assignments(), func(a rbac.Assignment) bool { return a.Role == rbac.Preparer && a.Covers(unitPath) })
}

func remarked(news filing.News) string {
	if news.Remarks == 0 {
		return ""
	}
	return fmt.Sprintf("有 %d 处审核意见。", news.Remarks)
}

func todo(turn workflow.Turn) string {
	if turn.Role == workflow.Leader {
		return "批复"
	}
	return "审核"
}

// approved tells the preparers of a department and all its units of a 批复, once for
// all the records it took.
func (s *Service) approved(tx *store.Tx, news filing.News) error {
	roles, err := tx.RoleAssignments(store.Subtrees(news.Unit.Path), store.RoleFilter{Role: string(rbac.Preparer)})
	if err != nil {
		return err
	}
	ids := make([]model.ID, len(roles))
	for i, r := range roles {
		ids[i] = r.AccountID
	}
	people, err := tx.AccountsByID(ids)
	if err != nil {
		return err
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		if p := people[id]; p.Login == news.Event.Actor || p.Disabled {
			continue
		}
		n := model.Notice{
			Source: "approved:" + news.Event.ID.String(), Kind: model.NoticeApproved, Actor: news.Event.Actor,
			UnitID: news.Unit.ID, Year: news.Event.Year, Text: fmt.Sprintf("%s %d 年预算已批复。", news.Unit.Name, news.Event.Year),
		}
		if err := s.tell(tx, people[id], n); err != nil {
			return err
		}
	}
	return nil
}
