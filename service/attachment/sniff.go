package attachment

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"biaochi/model"
)

// kind is a kind of file that may come in.
type kind struct {
	mediaType string
	endings   []string
	begins    string // of the content
	holds     string // an entry of the archive that makes it one of its kind
}

var kinds = []kind{
	{mediaType: "application/pdf", endings: []string{".pdf"}, begins: "%PDF-"},
	{mediaType: "image/jpeg", endings: []string{".jpg", ".jpeg"}, begins: "\xff\xd8\xff"},
	{mediaType: "image/png", endings: []string{".png"}, begins: "\x89PNG\r\n\x1a\n"},
	{mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", endings: []string{".docx"}, begins: archive, holds: "word/document.xml"},
	{mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", endings: []string{".xlsx"}, begins: archive, holds: "xl/workbook.xml"},
	{mediaType: "application/ofd", endings: []string{".ofd"}, begins: archive, holds: "OFD.xml"},
}

const (
	archive    = "PK\x03\x04"
	oldOffice  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	maxEntries = 10_000
	// maxUnpacked and maxRatio tell a document from an archive that is made to fill
	// a disk.
	maxUnpacked = 1 << 30
	maxRatio    = 200
)

// MediaTypes are those that a download can have.
func MediaTypes() []string {
	types := make([]string, len(kinds))
	for i, k := range kinds {
		types[i] = k.mediaType
	}
	return types
}

// Endings are those that the name of a file may have.
func Endings() []string {
	var endings []string
	for _, k := range kinds {
		endings = append(endings, k.endings...)
	}
	return endings
}

// sniff tells what a file is by its content.
// Errors: Invalid "attachment.type", "attachment.content".
func sniff(file, name string) (kind, error) {
	f, err := os.Open(file)
	if err != nil {
		return kind{}, err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return kind{}, err
	}
	found, err := kindOf(f, head[:n])
	if err != nil {
		return kind{}, err
	}
	if ending := path.Ext(name); !slices.Contains(found.endings, ending) {
		return kind{}, model.Fail(model.Invalid, "attachment.type",
			"文件名以 %s 结尾，内容却是 %s 文件，请核对是否选错了文件", ending, strings.TrimPrefix(found.endings[0], "."))
	}
	return found, nil
}

func kindOf(f *os.File, head []byte) (kind, error) {
	if bytes.HasPrefix(head, []byte(oldOffice)) {
		return kind{}, model.Fail(model.Invalid, "attachment.type", "这是旧版 Office 文件（doc、xls 等），请另存为 docx、xlsx 或 pdf 后再传")
	}
	entries, err := entriesOf(f, head)
	if err != nil {
		return kind{}, err
	}
	for _, k := range kinds {
		if bytes.HasPrefix(head, []byte(k.begins)) && (k.holds == "" || slices.Contains(entries, k.holds)) {
			return k, nil
		}
	}
	return kind{}, model.Fail(model.Invalid, "attachment.type", "不支持这种文件，附件只能是 pdf、docx、xlsx、jpg、png 或 ofd")
}

// entriesOf lists what an archive holds, and refuses one that is broken, carries
// macros, or would unpack into too much.
func entriesOf(f *os.File, head []byte) ([]string, error) {
	if !bytes.HasPrefix(head, []byte(archive)) {
		return nil, nil
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, &model.Error{Code: model.Invalid, Reason: "attachment.content", Message: "文件已损坏，打不开，请重新导出后再传", Err: err}
	}
	if len(z.File) > maxEntries {
		return nil, model.Fail(model.Invalid, "attachment.content", "文件里的部件过多，不像是一份文档，不能上传")
	}
	var entries []string
	var unpacked uint64
	for _, entry := range z.File {
		unpacked += entry.UncompressedSize64
		switch {
		case unpacked > maxUnpacked || unpacked > maxRatio*uint64(info.Size())+1<<20:
			return nil, model.Fail(model.Invalid, "attachment.content", "文件解压后过大，不像是一份文档，不能上传")
		case strings.EqualFold(path.Base(entry.Name), "vbaProject.bin"):
			return nil, model.Fail(model.Invalid, "attachment.content", "文件带有宏，不能上传；请另存为不含宏的格式")
		}
		entries = append(entries, entry.Name)
	}
	return entries, nil
}
