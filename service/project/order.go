package project

import (
	"context"
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/workflow"
)

// Move gives a project another place in an order by priority: in its department's, or
// in that of 财政项目库. Those between move up or down.
type Move struct {
	ProjectID model.ID
	Year      int
	ByFinance bool
	Lock      int // of the order as the person saw it
	Place     int // from 1; 0 takes the project out of the order
}

// Moved is what a move came to.
type Moved struct {
	Place   int
	Version int // of the order
}

// Rank carries out a move: one transaction, one version check, one event.
// Errors: NotFound "project.notFound"; Forbidden "right.missing"; Conflict
// "projectOrder.changed", "project.state" where a project in its state has no place;
// Invalid "project.place".
func (s *Service) Rank(ctx context.Context, p rbac.Person, m Move) (moved Moved, err error) {
	action := rbac.ProjectRank
	if m.ByFinance {
		action = rbac.ProjectOrder
	}
	event := model.Event{Actor: p.Login, Action: action.Name, Year: m.Year}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		item, err := s.open(tx, p, m.ProjectID, m.Year, e)
		if err != nil {
			return err
		}
		order, err := s.mine(tx, p, m, item)
		if err != nil {
			return err
		}
		from := item.DepartmentPlace
		if m.ByFinance {
			from = item.FinancePlace
		}
		e.Note("fromPlace", placeWord(from))
		e.Note("toPlace", placeWord(m.Place))
		if err := s.place(tx, p, &order, item, m, from); err != nil {
			return err
		}
		moved = Moved{Place: m.Place, Version: order.Version}
		e.Note("order", order.Version)
		return nil
	})
	return moved, err
}

func placeWord(place int) string {
	if place == 0 {
		return "未排"
	}
	return fmt.Sprintf("第 %d 位", place)
}

// mine gives the order of a move to whoever may change it.
func (s *Service) mine(tx *store.Tx, p rbac.Person, m Move, item Item) (order model.ProjectOrder, err error) {
	if m.ByFinance {
		if err := s.rights.Check(p.Assignments, rbac.ProjectOrder, model.RegionPath(item.RegionCode)); err != nil {
			return order, err
		}
		return tx.ProjectOrder(item.RegionCode, 0, m.Year)
	}
	unit, err := tx.UnitByID(store.Everything(), item.UnitID)
	if err != nil {
		return order, err
	}
	department, err := tx.DepartmentOf(unit)
	if err != nil {
		return order, err
	}
	if err := s.rights.Check(p.Assignments, rbac.ProjectRank, department.Path); err != nil {
		return order, err
	}
	return tx.ProjectOrder(item.RegionCode, department.ID, m.Year)
}

func (s *Service) place(tx *store.Tx, p rbac.Person, order *model.ProjectOrder, item Item, m Move, from int) error {
	if !workflow.Ranked(item.State, m.ByFinance) {
		return model.Fail(model.Conflict, "project.state", "项目 %s 现为“%s”，不在这个项目库中，不能排序；请刷新后再排", item.Code, item.State.Word())
	}
	count, err := tx.Ranked(*order)
	if err != nil {
		return err
	}
	most := int(count)
	if from == 0 {
		most++
	}
	if m.Place < 0 || m.Place > most {
		return model.Fail(model.Invalid, "project.place", "位次应在 1 至 %d 之间，或为 0（不排序）", most)
	}
	if m.Lock != order.Version {
		return model.Fail(model.Conflict, "projectOrder.changed", "排序刚被别人调整，请刷新后再排")
	}
	order.ChangedAt, order.ChangedBy = s.now(), p.Login
	if err := tx.SaveProjectOrder(order); err != nil {
		return err
	}
	return tx.MoveRank(*order, item.ID, from, m.Place)
}

// unrank takes a project out of the orders from a year on in which it has no place any
// more.
func (s *Service) unrank(tx *store.Tx, p rbac.Person, id model.ID, year int, state model.ProjectState) error {
	ranks, err := tx.ProjectRanks(id)
	if err != nil {
		return err
	}
	for _, r := range ranks {
		if r.Year < year || workflow.Ranked(state, r.ByFinance) {
			continue
		}
		order, err := tx.ProjectOrder(r.RegionCode, r.UnitID, r.Year)
		if err != nil {
			return err
		}
		order.ChangedAt, order.ChangedBy = s.now(), p.Login
		if err := tx.SaveProjectOrder(&order); err != nil {
			return err
		}
		if err := tx.MoveRank(order, id, r.Place, 0); err != nil {
			return err
		}
	}
	return nil
}
