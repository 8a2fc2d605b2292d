package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/attachment"
)

// Attachment is a file that backs up a record (附件) or what follows from it (佐证材料).
type Attachment struct {
	ID        model.ID   `json:"id"`
	Name      string     `json:"name"`
	MediaType string     `json:"mediaType"`
	Size      int64      `json:"size" description:"字节数"`
	AddedAt   time.Time  `json:"addedAt"`
	AddedBy   string     `json:"addedBy"`
	RemovedAt *time.Time `json:"removedAt" description:"已移除的留在历史里，仍可下载"`
	RemovedBy string     `json:"removedBy"`
}

type attachmentsResp struct{ Body AttachmentList }

// AttachmentList is the attachments of one thing in the order of adding.
type AttachmentList struct {
	Items   []Attachment      `json:"items"`
	MaxSize int64             `json:"maxSize" description:"单个附件的字节数上限"`
	Endings []string          `json:"endings" description:"可以上传的文件的后缀"`
	Actions []rest.ActionName `json:"actions" description:"本人现在可以进行的操作"`
}

// placed is a request that says of what in its path the attachments are: the record and
// the part of it, as in model.Backed.
type placed interface {
	place() (record model.ID, part string)
}

// adding is one that brings a file.
type adding interface {
	placed
	fileName() string
}

type fileNameIn struct {
	Name string `query:"name" binding:"required,max=500" label:"文件名"`
}

func (f fileNameIn) fileName() string { return f.Name }

type recordIDReq struct {
	ID model.ID `path:"id" label:"申报"`
}

func (r recordIDReq) place() (model.ID, string) { return r.ID, "" }

type addAttachmentReq struct {
	recordIDReq
	fileNameIn
}

func (r monitoringReq) place() (model.ID, string) { return r.ID, r.Window }

type addToMonitoringReq struct {
	monitoringReq
	fileNameIn
}

type correctionReq struct {
	ID model.ID `path:"id" label:"整改通知"`
}

func (r correctionReq) place() (model.ID, string) { return 0, r.ID.String() }

type addToCorrectionReq struct {
	correctionReq
	fileNameIn
}

type attachmentResp struct{ Body Attachment }

type attachmentReq struct {
	ID model.ID `path:"id" label:"附件"`
}

type removeAttachmentReq struct {
	attachmentReq
	Body removeAttachmentIn
}

type removeAttachmentIn struct {
	Reason *string `json:"reason" binding:"omitempty,max=500" label:"理由"`
}

// anyFile is what an upload is declared as: what it is, its content says.
const anyFile = "application/octet-stream"

func (s *Server) attachmentRoutes(a *rest.API) {
	attachmentsAt[recordIDReq, addAttachmentReq](s, a, attached{model.ForRecord, "", "/records/{id}", "申报", rbac.AttachmentRead})
	attachmentsAt[monitoringReq, addToMonitoringReq](s, a, attached{model.ForMonitoring, "Monitoring", "/filings/{id}/monitoring/{window}", "监控表", rbac.MonitoringRead})
	for _, of := range []attached{
		{model.ForEvaluation, "Evaluation", "/filings/{id}/evaluation", "自评表", rbac.EvaluationRead},
		{model.ForWhole, "TargetEvaluation", "/targets/{id}/evaluation", "整体支出自评表", rbac.EvaluationRead},
		{model.ForDepartment, "DepartmentAssessment", "/filings/{id}/assessments/department", "部门评价", rbac.EvaluationRead},
		{model.ForFinance, "FinanceAssessment", "/filings/{id}/assessments/finance", "财政评价", rbac.EvaluationRead},
		{model.ForDepartment, "TargetDepartmentAssessment", "/targets/{id}/assessments/department", "整体支出的部门评价", rbac.EvaluationRead},
		{model.ForFinance, "TargetFinanceAssessment", "/targets/{id}/assessments/finance", "整体支出的财政评价", rbac.EvaluationRead},
	} {
		attachmentsAt[recordIDReq, addAttachmentReq](s, a, of)
	}
	attachmentsAt[correctionReq, addToCorrectionReq](s, a, attached{model.ForCorrection, "Correction", "/corrections/{id}", "整改通知", rbac.MonitoringRead})
	rest.HandleRaw(a, rest.Raw{Gives: attachment.MediaTypes(), Op: rest.Op{
		ID: "downloadAttachment", Method: http.MethodGet, Path: "/attachments/{id}/content", Action: rbac.AttachmentRead, Summary: "下载附件",
	}}, s.downloadAttachment)
	rest.Handle(a, rest.Op{
		ID: "removeAttachment", Method: http.MethodPost, Path: "/attachments/{id}/removed", Action: rbac.AttachmentRemove,
		Summary: "移除附件：草稿的，填报中、整改中或评价中的佐证材料；移除的留在历史里", Errors: []int{http.StatusConflict},
	}, s.removeAttachment)
}

// attached is what attachments can back up, with its routes.
type attached struct {
	purpose  model.Purpose
	id, path string
	word     string
	read     rbac.Action
}

// attachmentsAt are the routes that list and add the attachments of what stands at a
// path, whose parameters L and A bind.
func attachmentsAt[L placed, A adding](s *Server, a *rest.API, of attached) {
	backed := func(r placed) model.Backed {
		record, part := r.place()
		return model.Backed{RecordID: record, Purpose: of.purpose, Part: part}
	}
	rest.Handle(a, rest.Op{
		ID: "list" + of.id + "Attachments", Method: http.MethodGet, Path: of.path + "/attachments", Action: of.read,
		Summary: of.word + "的附件", Errors: sheetErrors,
	}, func(ctx context.Context, r *L) (*attachmentsResp, error) { return s.listAttachments(ctx, backed(*r)) })
	rest.HandleRaw(a, rest.Raw{Accepts: []string{anyFile}, Op: rest.Op{
		ID: "add" + of.id + "Attachment", Method: http.MethodPost, Path: of.path + "/attachments", Action: rbac.AttachmentAdd,
		Status: http.StatusCreated, Summary: "上传" + of.word + "的附件：pdf、docx、xlsx、jpg、png 或 ofd", MaxBody: s.attachments.MaxSize(),
		Errors: []int{http.StatusConflict},
	}}, func(ctx context.Context, r *A, file rest.Upload) (*attachmentResp, *rest.Download, error) {
		added, err := s.attachments.Add(ctx, callerOf(ctx).Identity, backed(*r), (*r).fileName(), file)
		return &attachmentResp{Body: attachmentOf(added)}, nil, err
	})
}

func attachmentOf(a model.Attachment) Attachment {
	return Attachment{
		ID: a.ID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, AddedAt: a.AddedAt, AddedBy: a.AddedBy,
		RemovedAt: a.RemovedAt, RemovedBy: a.RemovedBy,
	}
}

func (s *Server) listAttachments(ctx context.Context, of model.Backed) (*attachmentsResp, error) {
	list, err := s.attachments.List(ctx, callerOf(ctx).Identity, of)
	out := AttachmentList{MaxSize: s.attachments.MaxSize(), Endings: attachment.Endings(), Actions: rest.ActionNames(list.Allowed...)}
	for _, a := range list.Attachments {
		out.Items = append(out.Items, attachmentOf(a))
	}
	return &attachmentsResp{Body: out}, err
}

func (s *Server) downloadAttachment(ctx context.Context, r *attachmentReq, _ rest.Upload) (*nothing, *rest.Download, error) {
	a, content, err := s.attachments.Open(ctx, callerOf(ctx).Identity, r.ID)
	if err != nil {
		return nil, nil, err
	}
	return nil, &rest.Download{MediaType: a.MediaType, Name: a.Name, Size: a.Size, Write: func(w io.Writer) error {
		defer func() { _ = content.Close() }()
		_, err := io.Copy(w, content)
		return err
	}}, nil
}

func (s *Server) removeAttachment(ctx context.Context, r *removeAttachmentReq) (*nothing, error) {
	return &nothing{}, s.attachments.Remove(ctx, callerOf(ctx).Identity, r.ID, text(r.Body.Reason))
}
