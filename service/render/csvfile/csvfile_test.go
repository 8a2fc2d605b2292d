package csvfile_test

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/csvfile"
)

func rows(lines ...[]string) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for line := range slices.Values(lines) {
			row := render.Row{}
			for _, text := range line {
				row.Cells = append(row.Cells, render.Cell{Text: text})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func TestWrite(t *testing.T) {
	table := render.Table{
		Note:      "注：本表无数据",
		NumberRow: []string{"1", "2"},
		Columns:   []render.Column{{Heading: "项目名称"}, {Heading: "合计", Number: true}},
		Rows: rows(
			[]string{"含,逗号", "1.00"},
			[]string{`含"引号"`, ""},
			[]string{"含\n换行", "-0.01"},
			[]string{"=1+1", "@甲"},
			[]string{"", ""},
		),
	}
	want := "项目名称,合计\n\"含,逗号\",1.00\n\"含\"\"引号\"\"\",\n\"含\n换行\",-0.01\n=1+1,@甲\n,\n"
	var got bytes.Buffer
	if err := csvfile.Write(&got, table); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}

func TestWritePassesErrors(t *testing.T) {
	failure := errors.New("读不出来")
	table := render.Table{
		Columns: []render.Column{{Heading: "甲"}},
		Rows:    func(yield func(render.Row, error) bool) { yield(render.Row{}, failure) },
	}
	if err := csvfile.Write(new(bytes.Buffer), table); !errors.Is(err, failure) {
		t.Errorf("error of the rows: %v", err)
	}
	table.Rows = rows([]string{"1"})
	if err := csvfile.Write(full{}, table); !errors.Is(err, errFull) {
		t.Errorf("error of the writer: %v", err)
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteList(t *testing.T) {
	rows := slices.Values([][]string{
		{"=1+1", "-0.01"}, {"@SUM(A1)", "＝A1"}, {"\t=1", "甲=1"}, {"-1-2", "3-1"}, {"+8610", ""}, {"前 有空格", "-A1"}, {"一\n二", "\"引\""},
	})
	want := "\ufeff名称,值\r\n'=1+1,-0.01\r\n'@SUM(A1),'＝A1\r\n'\t=1,甲=1\r\n'-1-2,3-1\r\n'+8610,\r\n前 有空格,'-A1\r\n\"一\r\n二\",\"\"\"引\"\"\"\r\n"
	var got bytes.Buffer
	if err := csvfile.WriteList(&got, []string{"名称", "值"}, rows); err != nil || got.String() != want {
		t.Errorf("got %q (%v), want %q", got.String(), err, want)
	}
}

// A table for people carries the mark of its encoding and nothing that would run.
func TestWriteTable(t *testing.T) {
	table := render.Table{
		Columns: []render.Column{{Heading: "名称"}, {Heading: "金额", Number: true}},
		Rows:    rows([]string{"=cmd|'/c calc'!A1", "-0.01"}, []string{"＠甲", "1.00"}),
	}
	var got bytes.Buffer
	if err := csvfile.WriteTable(&got, table); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeff名称,金额\r\n'=cmd|'/c calc'!A1,-0.01\r\n'＠甲,1.00\r\n"; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
	failure := errors.New("读不出来")
	table.Rows = func(yield func(render.Row, error) bool) { yield(render.Row{}, failure) }
	if got.Reset(); !errors.Is(csvfile.WriteTable(&got, table), failure) || got.Len() != 0 {
		t.Errorf("an error of the rows: %q", got.String())
	}
}
