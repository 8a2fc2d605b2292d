package publication

import (
	"bytes"
	"io"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/render/formats"
)

// Rebuild makes the files of a published version from its bundle and stamp alone: the
// document in every format, and every table as open data. style is the stylesheet
// that the document carries.
func Rebuild(b *disclosure.Bundle, stamp disclosure.Stamp, style string) ([]model.PublicationFile, error) {
	var files []model.PublicationFile
	document := formats.NewManuscript(stamp.Stamped(b.Document), style)
	for _, format := range formats.All() {
		var out bytes.Buffer
		if err := format.Write(&out, document); err != nil {
			return nil, err
		}
		files = append(files, fileOf(document.Title+"."+format.Name, format.Name, out.Bytes()))
	}
	tables, err := b.Tables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		for _, format := range []struct {
			name  string
			write func(io.Writer, *budget.Table) error
		}{{"csv", writeCSV}, {"json", disclosure.WriteJSON}} {
			var out bytes.Buffer
			if err := format.write(&out, t); err != nil {
				return nil, err
			}
			files = append(files, fileOf(t.Def.Stem()+"."+format.name, format.name, out.Bytes()))
		}
	}
	return files, nil
}
