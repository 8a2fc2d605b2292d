package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/filing"
)

func (d *desk) upload(record model.ID, name string, content []byte) answer {
	d.Helper()
	return d.send("POST", fmt.Sprintf("/records/%s/attachments?name=%s", record, url.QueryEscape(name)), content, "Content-Type", "application/octet-stream")
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("<x/>"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var (
	somePDF = []byte("%PDF-1.7\nsome basis")
	somePNG = []byte("\x89PNG\r\n\x1a\n0000")
)

// A file comes in, is listed, taken away under its name as what it is, and removed
// from the draft; its history stays.
func TestAttachmentsOfADraft(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk", rbac.Preparer, "701001")
	record := w.file("701001", "A").RecordID
	made := clerk.expect(clerk.upload(record, `C:\资料\立项<批复>.PDF`, somePDF), 201)
	if made.body["name"] != "立项_批复_.pdf" || made.body["mediaType"] != "application/pdf" {
		t.Errorf("made %s", made.raw)
	}
	clerk.expect(clerk.upload(record, "再来.pdf", somePDF), 409)
	path := "/attachments/" + made.body["id"].(string)
	got := clerk.expect(clerk.do("GET", path+"/content", nil), 200)
	disposition, kind := got.header.Get("Content-Disposition"), got.header.Get("Content-Type")
	if got.raw != string(somePDF) || !strings.HasPrefix(disposition, "attachment;") || kind != "application/pdf" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%q %s %s", got.raw, disposition, kind)
	}
	clerk.expect(clerk.do("POST", path+"/removed", map[string]any{"reason": nil}), 204)
	clerk.expect(clerk.do("POST", path+"/removed", map[string]any{}), 409)
	list := clerk.expect(clerk.do("GET", fmt.Sprintf("/records/%s/attachments", record), nil), 200)
	if !strings.Contains(list.raw, `"removedBy":"clerk"`) {
		t.Errorf("list %s", list.raw)
	}
	clerk.expect(clerk.do("GET", path+"/content", nil), 200)
	clerk.expect(clerk.upload(record, "又来.pdf", somePDF), 201) // the one removed doesn't count
}

// Own, lower, foreign and no right: who is outside learns nothing, who may only read
// is told so.
func TestRightsOnAttachments(t *testing.T) {
	w := newTown(t)
	record := w.file("701001", "A").RecordID
	clerk := w.desk("clerk2", rbac.Preparer, "701001")
	id := clerk.expect(clerk.upload(record, "a.pdf", somePDF), 201).body["id"].(string)
	for _, c := range []struct {
		login                   string
		role                    rbac.Role
		place                   string
		read, add, take, remove int
	}{
		{"head", rbac.Reviewer, "701001", 200, 409, 200, 403}, // a draft is the preparer's
		{"dept", rbac.Reviewer, "701", 200, 409, 200, 409},    // departments take away files of their evaluations
		{"pub", rbac.Publisher, "701", 200, 403, 200, 403},
		{"foreign", rbac.Preparer, "702", 404, 404, 404, 404},
		{"sister", rbac.Preparer, "701002", 404, 404, 404, 404},
		{"above", rbac.Preparer, "701", 404, 404, 404, 404}, // a preparer's right ends at the own unit
		{"adm", rbac.Admin, "", 403, 403, 403, 403},
	} {
		d := w.desk(c.login, c.role, c.place)
		got := []int{
			d.do("GET", fmt.Sprintf("/records/%s/attachments", record), nil).status, d.upload(record, "b.png", somePNG).status,
			d.do("GET", "/attachments/"+id+"/content", nil).status, d.do("POST", "/attachments/"+id+"/removed", map[string]any{}).status,
		}
		if want := []int{c.read, c.add, c.take, c.remove}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", c.login, got, want)
		}
	}
	clerk.expect(clerk.do("GET", "/records/999/attachments", nil), 404)
	clerk.expect(clerk.do("GET", "/attachments/999/content", nil), 404)
}

// While reviewers have it, they add and the preparer doesn't.
func TestAttachmentsUnderReview(t *testing.T) {
	w := newTown(t)
	clerk, head := w.desk("clerk2", rbac.Preparer, "701001"), w.desk("head", rbac.Reviewer, "701001")
	a := w.file("701001", "A")
	id := clerk.expect(clerk.upload(a.RecordID, "a.pdf", somePDF), 201).body["id"].(string)
	clerk.mayAttach(a.RecordID, "attachment.add", "attachment.remove")
	head.mayAttach(a.RecordID)
	w.setState(a, model.InReview)
	clerk.mayAttach(a.RecordID)
	head.mayAttach(a.RecordID, "attachment.add")
	clerk.expect(clerk.upload(a.RecordID, "b.png", somePNG), 409)
	clerk.expect(clerk.do("POST", "/attachments/"+id+"/removed", map[string]any{}), 409)
	head.expect(head.upload(a.RecordID, "b.png", somePNG), 201)
}

// mayAttach holds that the list of a record's attachments names these acts.
func (d *desk) mayAttach(record model.ID, actions ...string) {
	d.Helper()
	list := d.expect(d.do("GET", fmt.Sprintf("/records/%s/attachments", record), nil), 200)
	if got := fmt.Sprint(list.body["actions"]); got != fmt.Sprint(actions) {
		d.Errorf("may %s, want %v", got, actions)
	}
}

func TestHostileAttachments(t *testing.T) {
	w := newTown(t)
	clerk := w.desk("clerk2", rbac.Preparer, "701001")
	record := w.file("701001", "A").RecordID
	bomb := new(bytes.Buffer)
	z := zip.NewWriter(bomb)
	f, _ := z.Create("word/document.xml")
	_, _ = f.Write(make([]byte, 64<<20))
	_ = z.Close()
	for name, c := range map[string]struct {
		file    string
		content []byte
		want    int
	}{
		"docx": {"a.docx", zipOf(t, "[Content_Types].xml", "word/document.xml"), 201}, "ofd": {"a.ofd", zipOf(t, "OFD.xml", "Doc_0/Document.xml"), 201},
		"xlsx": {"a.xlsx", zipOf(t, "xl/workbook.xml"), 201}, "jpg": {"a.jpeg", []byte("\xff\xd8\xff\xe0"), 201},
		"page": {"a.html", []byte("<script>alert(1)</script>"), 422}, "page as pdf": {"a.pdf", []byte("<script>alert(1)</script>"), 422},
		"program": {"a.exe", []byte("MZ\x90\x00"), 422}, "pdf as png": {"a.png", somePDF, 422}, "plain zip": {"a.zip", zipOf(t, "x.txt"), 422},
		"old word": {"a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."), 422}, "macro": {"a.xlsx", zipOf(t, "xl/workbook.xml", "xl/vbaProject.bin"), 422},
		"broken zip": {"a.docx", []byte("PK\x03\x04 and nothing"), 422}, "bomb": {"a.docx", bomb.Bytes(), 422}, "empty": {"a.pdf", []byte{}, 422},
		"no ending": {"readme", somePDF, 422}, "only ending": {".pdf", somePDF, 422}, "climbs": {"../../etc/passwd", somePDF, 422},
		"too large": {"a.pdf", append(bytes.Clone(somePDF), make([]byte, 1<<20)...), 413},
	} {
		if a := clerk.upload(record, c.file, c.content); a.status != c.want {
			t.Errorf("%s: %d, want %d: %s", name, a.status, c.want, a.raw)
		}
	}
	wrong := clerk.send("POST", fmt.Sprintf("/records/%s/attachments?name=a.pdf", record), somePDF, "Content-Type", "application/pdf")
	clerk.expect(wrong, 415)
	left, _ := filepath.Glob(filepath.Join(w.attachments, "incoming-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := os.Stat(filepath.Join(w.attachments, "etc")); err == nil {
		t.Error("a name became a path")
	}
}

// setState puts a record into a state, as a review would.
func (w *town) setState(a filing.Answer, state model.State) {
	w.Helper()
	w.must(w.store.InTx(w.Context(), func(tx *store.Tx) error {
		v, err := tx.Version(a.VersionID)
		if err != nil {
			return err
		}
		v.State = state
		return tx.SetVersion(&v)
	}))
}
