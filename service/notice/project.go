package notice

import (
	"fmt"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/account"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

// Moved tells of an act in the project library: whoever it waits for now, and the
// preparers of its unit of how far it was admitted or that it ended. What came back is
// told to whoever filed it, or where they prepare no more to all who do. Nobody is told
// of what they did themselves.
func (s *Service) Moved(tx *store.Tx, news project.News) error {
	people, err := s.accounts.Reaching(tx, news.Project.UnitPath)
	if err != nil {
		return err
	}
	people = slices.DeleteFunc(people, func(p account.Listed) bool { return p.Login == news.Event.Actor })
	filer := slices.ContainsFunc(people, func(p account.Listed) bool {
		return p.Login == news.ProposedBy && prepares(p, news.Project.UnitPath)
	})
	for _, p := range people {
		text := newsFor(news, p)
		if text == "" || news.Act == workflow.RefuseProject && filer && p.Login != news.ProposedBy {
			continue
		}
		n := model.Notice{
			Source: "project:" + news.Event.ID.String(), Kind: model.NoticeProject, Actor: news.Event.Actor, UnitID: news.Project.UnitID,
			Year: news.Event.Year, RecordID: news.Project.ID, Text: fmt.Sprintf("%s %d 年项目“%s”", news.Project.UnitName, news.Event.Year, news.Project.Name) + text,
		}
		if err := s.tell(tx, p.Account, n); err != nil {
			return err
		}
	}
	return nil
}

// newsFor says what a person is told of an act, "" for nothing.
func newsFor(news project.News, p account.Listed) string {
	waits, reason := news.Waits(personOf(p)), because(news.Event.Reason)
	has := func(kind project.TaskKind) bool { return slices.Contains(waits, kind) }
	inUnit := prepares(p, news.Project.UnitPath)
	switch {
	case has(project.ReturnedTask) && news.Act == workflow.RefuseProject:
		return "被退回，请修改后重新申请入库。" + reason
	case has(project.ReturnedTask) && news.Act == workflow.UnstoreProject:
		return "被退回部门项目库，请处理。" + reason
	case has(project.ReturnedTask):
		return "的事前绩效评估结论为“" + news.Project.Conclusion.Word() + "”，不能纳入财政项目库，请退回单位，或调整后重新评估。"
	case has(project.AdmitTask):
		return "申请入库，等待您审核纳入部门项目库。"
	case has(project.StoreTask):
		return "等待您审核纳入财政项目库。"
	case inUnit && news.Act == workflow.AdmitProject && news.Project.Owes && news.Project.Conclusion == "":
		return "已纳入部门项目库；按规定须有事前绩效评估，登记后才能纳入财政项目库。"
	case inUnit && news.Act == workflow.AdmitProject, inUnit && news.Act == workflow.StoreProject:
		return "已" + news.Act.ZH() + "。"
	case inUnit && news.Act == workflow.UnstoreProject:
		return "已被退回部门项目库。" + reason
	case inUnit && news.Act == workflow.RefuseProject:
		return "已被退回。" + reason
	case inUnit && news.Act == workflow.EndProject, inUnit && news.Act == workflow.ResumeProject:
		return "自该年度起" + news.Act.ZH() + "。" + reason
	}
	return ""
}
