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

// Attachment is a file that backs up a record (附件).
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

// AttachmentList is the attachments of a record in the order of adding.
type AttachmentList struct {
	Items   []Attachment      `json:"items"`
	MaxSize int64             `json:"maxSize" description:"单个附件的字节数上限"`
	Endings []string          `json:"endings" description:"可以上传的文件的后缀"`
	Actions []rest.ActionName `json:"actions" description:"本人现在可以进行的操作"`
}

type recordIDReq struct {
	ID model.ID `path:"id" label:"申报"`
}

type addAttachmentReq struct {
	recordIDReq
	Name string `query:"name" binding:"required,max=500" label:"文件名"`
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
	rest.Handle(a, rest.Op{
		ID: "listAttachments", Method: http.MethodGet, Path: "/records/{id}/attachments", Action: rbac.AttachmentRead, Summary: "申报的附件",
	}, s.listAttachments)
	rest.HandleRaw(a, rest.Raw{Accepts: []string{anyFile}, Op: rest.Op{
		ID: "addAttachment", Method: http.MethodPost, Path: "/records/{id}/attachments", Action: rbac.AttachmentAdd,
		Status: http.StatusCreated, Summary: "上传附件：pdf、docx、xlsx、jpg、png 或 ofd", MaxBody: s.attachments.MaxSize(),
		Errors: []int{http.StatusConflict},
	}}, s.addAttachment)
	rest.HandleRaw(a, rest.Raw{Gives: attachment.MediaTypes(), Op: rest.Op{
		ID: "downloadAttachment", Method: http.MethodGet, Path: "/attachments/{id}/content", Action: rbac.AttachmentRead, Summary: "下载附件",
	}}, s.downloadAttachment)
	rest.Handle(a, rest.Op{
		ID: "removeAttachment", Method: http.MethodPost, Path: "/attachments/{id}/removed", Action: rbac.AttachmentRemove,
		Summary: "移除草稿的附件", Errors: []int{http.StatusConflict},
	}, s.removeAttachment)
}

func attachmentOf(a model.Attachment) Attachment {
	return Attachment{
		ID: a.ID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, AddedAt: a.AddedAt, AddedBy: a.AddedBy,
		RemovedAt: a.RemovedAt, RemovedBy: a.RemovedBy,
	}
}

func (s *Server) listAttachments(ctx context.Context, r *recordIDReq) (*attachmentsResp, error) {
	list, err := s.attachments.List(ctx, callerOf(ctx).Identity, r.ID)
	out := AttachmentList{MaxSize: s.attachments.MaxSize(), Endings: attachment.Endings(), Actions: rest.ActionNames(list.Allowed...)}
	for _, a := range list.Attachments {
		out.Items = append(out.Items, attachmentOf(a))
	}
	return &attachmentsResp{Body: out}, err
}

func (s *Server) addAttachment(ctx context.Context, r *addAttachmentReq, file rest.Upload) (*attachmentResp, *rest.Download, error) {
	a, err := s.attachments.Add(ctx, callerOf(ctx).Identity, r.ID, r.Name, file)
	return &attachmentResp{Body: attachmentOf(a)}, nil, err
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
