package library_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/library"
)

// TestSearching: by function the nearest first, by words the likeliest, by levels,
// page by page.
func TestSearching(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for _, e := range []struct {
			name, explanation string
			level             [2]string
			functions         []string
			common            bool
		}{
			{"培训人次", "参加培训的人次", [2]string{"output", "quantity"}, []string{"2050803"}, false},
			{"培训", "", [2]string{"output", "quantity"}, []string{"2050899"}, false},
			{"校舍维修面积", "", [2]string{"output", "quantity"}, []string{"2050204"}, false},
			{"骨干培训人次", "", [2]string{"output", "quantity"}, []string{"208"}, false},
			{"满意率_%", "Training 反馈", [2]string{"satisfaction", "serviceRecipients"}, nil, true},
			{"救助人次", "", [2]string{"benefit", "social"}, []string{"2082001", "20508"}, false},
		} {
			f := library.Fields{Level1: e.level[0], Level2: e.level[1], Name: e.name, Explanation: e.explanation, Functions: e.functions, Common: e.common}
			if e.name == "救助人次" {
				f.Industries = []string{"民政"}
			}
			if _, err := h.Create(t.Context(), leader, "", f); err != nil {
				t.Fatal(err)
			}
		}
		h.feed(1, "208", quantity("骨干培训人次", "≥10人次"))
		for _, c := range []struct {
			name  string
			query library.Query
			want  string
			total int64
		}{
			{"everything, the most used first", library.Query{}, "骨干培训人次 培训 培训人次 救助人次 校舍维修面积 满意率_%", 6},
			{"an item, its group, its class, then what is common", library.Query{Function: "2050803"}, "培训人次 培训 救助人次 校舍维修面积 满意率_%", 5},
			{"a group", library.Query{Function: "20508"}, "培训 培训人次 救助人次 校舍维修面积 满意率_%", 5},
			{"a class takes all below", library.Query{Function: "208"}, "骨干培训人次 救助人次 满意率_%", 3},
			{"what nothing fits but the common", library.Query{Function: "2130101"}, "满意率_%", 1},
			{"a word: the name itself, its beginning, a part of it", library.Query{Text: "培训"}, "培训 培训人次 骨干培训人次", 3},
			{"two words", library.Query{Text: " 人次  培训 "}, "骨干培训人次 培训人次", 2},
			{"a word of the explanation, in other letters", library.Query{Text: "TRAINING"}, "满意率_%", 1},
			{"a word of the industry", library.Query{Text: "民政"}, "救助人次", 1},
			{"signs are no wildcards", library.Query{Text: "_%"}, "满意率_%", 1},
			{"nor here", library.Query{Text: "培_"}, "", 0},
			{"levels", library.Query{Level1: "benefit"}, "救助人次", 1},
			{"second level", library.Query{Level1: "output", Level2: "quantity", Text: "维修"}, "校舍维修面积", 1},
			{"common ones", library.Query{Common: new(true)}, "满意率_%", 1},
			{"not the common ones", library.Query{Common: new(false), Function: "2050204"}, "校舍维修面积 培训 培训人次 救助人次", 4},
			{"a page", library.Query{Limit: 2, Offset: 2}, "培训人次 救助人次", 6},
			{"disabled ones", library.Query{Disabled: true}, "", 0},
			{"another place's", library.Query{Function: "2050803", Text: "骨干"}, "", 0},
		} {
			list, total, err := h.Search(t.Context(), preparer, c.query)
			var names []string
			for _, e := range list {
				names = append(names, e.Name)
			}
			if err != nil || !slices.Equal(names, strings.Fields(c.want)) || total != c.total {
				t.Errorf("%s: got %q of %d, want %q (%v)", c.name, names, total, c.want, err)
			}
		}
		_, _, err := h.Search(t.Context(), preparer, library.Query{Function: "20508%"})
		expect(t, err, model.Invalid, "library.function")
	})
}
