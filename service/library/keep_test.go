package library_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/library"
)

// TestKeeping: entered, changed, taken out, put back; each act leaves one event.
func TestKeeping(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		e := h.create(" 举办培训期数 ")
		if e.Name != "举办培训期数" || e.Origin != model.LibraryEntered || e.Version != 1 || e.TreeKey == "" || !slices.Equal(e.Usual, []string{"≥12期"}) {
			t.Fatalf("got %+v", e)
		}
		_, err := h.Create(t.Context(), leader, "", fields("举办培训期数（期）"))
		expect(t, err, model.Conflict, "library.duplicate")

		f := fields("举办培训期数")
		f.Usual, f.Industries, f.Common, f.Functions = []string{"≥10期", "≥10期", " "}, []string{"教育"}, true, []string{"205", "2050803"}
		edited, err := h.Edit(t.Context(), leader, e.ID, 1, f)
		if err != nil || edited.Version != 2 || !edited.Common || len(edited.Usual) != 1 || !slices.Equal(edited.Functions, []string{"205", "2050803"}) || edited.UpdatedBy != "ys" {
			t.Fatalf("got %+v %v", edited, err)
		}
		_, err = h.Edit(t.Context(), leader, e.ID, 1, f)
		expect(t, err, model.Conflict, "library.changed")
		if same, err := h.Edit(t.Context(), leader, e.ID, 2, f); err != nil || same.Version != 2 {
			t.Errorf("got %+v %v", same, err)
		}

		_, err = h.SetDisabled(t.Context(), leader, e.ID, 2, true, " ")
		expect(t, err, model.Invalid, "reason.missing")
		off, err := h.SetDisabled(t.Context(), leader, e.ID, 2, true, "表述不规范")
		if err != nil || !off.Disabled || len(h.all()) != 0 {
			t.Fatalf("got %+v %v", off, err)
		}
		if list, total, err := h.Search(t.Context(), leader, library.Query{Disabled: true}); err != nil || total != 1 || list[0].ID != e.ID {
			t.Errorf("got %+v %v", list, err)
		}
		on, err := h.SetDisabled(t.Context(), leader, e.ID, 3, false, "已规范")
		if err != nil || on.Disabled {
			t.Fatalf("got %+v %v", on, err)
		}
		h.feed(1, "2050803", quantity("举办培训期数", "≥12期")) // doesn't count the version up
		if e, err := h.Get(t.Context(), leader, e.ID); err != nil || e.Version != 4 || e.Uses != 1 || e.Origin != model.LibraryEntered {
			t.Errorf("got %+v %v", e, err)
		}
		if got := h.events(); !slices.Equal(got, []string{"ys library.create", "ys library.edit", "ys library.disable", "ys library.enable"}) {
			t.Errorf("got %q", got)
		}
	})
}

// TestRights: everybody with a business role in the region reads, the bureau keeps.
func TestRights(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		e := h.create("举办培训期数")
		for _, p := range []rbac.Person{leader, preparer} {
			if list, total, err := h.Search(t.Context(), p, library.Query{}); err != nil || total != 1 || list[0].ID != e.ID {
				t.Errorf("%s: got %v %v", p.Login, list, err)
			}
			if _, err := h.Get(t.Context(), p, e.ID); err != nil {
				t.Errorf("%s: %v", p.Login, err)
			}
		}
		for _, p := range []rbac.Person{admin, {Login: "nobody"}} {
			_, _, err := h.Search(t.Context(), p, library.Query{})
			expect(t, err, model.Forbidden, "right.missing")
		}
		if list, _, err := h.Search(t.Context(), stranger, library.Query{}); err != nil || len(list) != 0 {
			t.Errorf("got %v %v", list, err)
		}
		_, _, err := h.Search(t.Context(), stranger, library.Query{Region: region})
		expect(t, err, model.Forbidden, "right.missing")
		for _, p := range []rbac.Person{stranger, admin} {
			_, err := h.Get(t.Context(), p, e.ID)
			expect(t, err, model.NotFound, "library.notFound")
			_, err = h.Edit(t.Context(), p, e.ID, 1, fields("别的名称"))
			expect(t, err, model.NotFound, "library.notFound")
		}
		_, err = h.Create(t.Context(), preparer, "", fields("别的名称"))
		expect(t, err, model.Forbidden, "right.missing")
		_, err = h.Edit(t.Context(), preparer, e.ID, 1, fields("别的名称"))
		expect(t, err, model.Forbidden, "right.missing")
		_, err = h.SetDisabled(t.Context(), preparer, e.ID, 1, true, "试")
		expect(t, err, model.Forbidden, "right.missing")
		_, err = h.Merge(t.Context(), preparer, e.ID, 1, e.ID, "试")
		expect(t, err, model.Forbidden, "right.missing")
		_, err = h.Import(t.Context(), preparer, "", strings.NewReader(""))
		expect(t, err, model.Forbidden, "right.missing")
		expect(t, h.Export(t.Context(), preparer, "", &strings.Builder{}), model.Forbidden, "right.missing")
		two := rbac.Person{Login: "two", Assignments: append(slices.Clone(leader.Assignments), stranger.Assignments...)}
		_, _, err = h.Search(t.Context(), two, library.Query{})
		expect(t, err, model.Invalid, "library.region")
		if _, total, err := h.Search(t.Context(), two, library.Query{Region: region}); err != nil || total != 1 {
			t.Errorf("got %d %v", total, err)
		}
	})
}

// TestFieldsThatAreNoEntry: every fault at its place.
func TestFieldsThatAreNoEntry(t *testing.T) {
	h := build(t, "sqlite:"+t.TempDir()+"/x.db")
	for name, c := range map[string]struct {
		spoil func(f *library.Fields)
		path  string
	}{
		"no name":           {func(f *library.Fields) { f.Name = " " }, "$.name"},
		"a name of signs":   {func(f *library.Fields) { f.Name = "——" }, "$.name"},
		"a sentence":        {func(f *library.Fields) { f.Name = strings.Repeat("长", 61) }, "$.name"},
		"a person's number": {func(f *library.Fields) { f.Source = "电话13812345678" }, "$.source"},
		"a person's value":  {func(f *library.Fields) { f.Usual = []string{"13812345678"} }, "$.usual"},
		"no such level":     {func(f *library.Fields) { f.Level2 = "social" }, "$.level2"},
		"no such operator":  {func(f *library.Fields) { f.Operator = "≠" }, "$.operator"},
		"code of four":      {func(f *library.Fields) { f.Functions = []string{"2050"} }, "$.functions"},
		"code of letters":   {func(f *library.Fields) { f.Functions = []string{"20508%"} }, "$.functions"},
		"a long unit":       {func(f *library.Fields) { f.Unit = strings.Repeat("单", 21) }, "$.unit"},
		"a long text":       {func(f *library.Fields) { f.Scoring = strings.Repeat("长", 1001) }, "$.scoring"},
		"too many values": {func(f *library.Fields) {
			f.Usual = nil
			for i := range 51 {
				f.Usual = append(f.Usual, strings.Repeat("多", i+1))
			}
		}, "$.usual"},
	} {
		f := fields("举办培训期数")
		c.spoil(&f)
		_, err := h.Create(t.Context(), leader, "", f)
		e := expect(t, err, model.Invalid, "library.fields")
		if len(e.Fields) != 1 || e.Fields[0].Path != c.path {
			t.Errorf("%s: got %+v", name, e.Fields)
		}
	}
	if got := h.events(); got != nil {
		t.Errorf("got %q", got)
	}
}

// TestMerging: uses, values and codes move, and what comes later counts for the one
// that took over.
func TestMerging(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.feed(1, "2050803", quantity("举办培训期数", "≥12期"), quantity("办班期数", "≥12期"))
		h.feed(2, "2080101", quantity("办班期数", "≥6期"))
		h.feed(3, "2080101", quantity("开班期数", "≥3期"), annual("output", "quality", "办班质量", "优"))
		all := h.all()
		merge := func(from, to string, reason string) (library.Entry, error) {
			return h.Merge(t.Context(), leader, all[from].ID, 1, all[to].ID, reason)
		}
		_, err := merge("办班期数", "举办培训期数", "")
		expect(t, err, model.Invalid, "reason.missing")
		_, err = merge("办班期数", "办班质量", "同义")
		expect(t, err, model.Invalid, "library.into")
		_, err = merge("办班期数", "办班期数", "同义")
		expect(t, err, model.Invalid, "library.into")
		if _, err := merge("开班期数", "办班期数", "同义"); err != nil {
			t.Fatal(err)
		}
		into, err := merge("办班期数", "举办培训期数", "同义")
		if err != nil || into.Uses != 3 || len(into.Functions) != 2 || len(into.Values) != 3 {
			t.Fatalf("got %+v %v", into, err)
		}
		_, err = merge("办班期数", "举办培训期数", "再来")
		expect(t, err, model.Conflict, "library.merged")
		_, err = merge("办班质量", "开班期数", "同义")
		expect(t, err, model.Invalid, "library.into")

		h.feed(4, "2080101", quantity("开班期数", "≥12期"), quantity("办班期数（期）", "≥12期"))
		e, err := h.Get(t.Context(), leader, into.ID)
		if err != nil || e.Uses != 4 || e.Values[0].Value != "≥12期" || e.Values[0].Uses != 2 || len(h.all()) != 2 {
			t.Errorf("got %+v %v, %v", e, err, h.all())
		}
		gone, err := h.Get(t.Context(), leader, all["开班期数"].ID)
		if err != nil || gone.MergedInto != into.ID || gone.Uses != 0 || !gone.Disabled {
			t.Errorf("got %+v %v", gone, err)
		}
		if got := h.events(); !slices.Equal(got, []string{"ys library.merge", "ys library.merge"}) {
			t.Errorf("got %q", got)
		}
	})
}
