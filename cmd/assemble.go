package cmd

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model/store"
	"biaochi/service/publication"
	"biaochi/service/render/formats"
	"biaochi/web"
)

// oneDocument lets the heap grow while a single document is made: the process ends
// before most of it would be collected.
const oneDocument = 400

// assembly is one run of assemble.
type assembly struct {
	query   publication.Query
	all     bool
	formats []string
	out     string
	writers []publication.Format
	// evaluations and monitoring, which is a window, ask for sheets in the place of
	// tables.
	evaluations bool
	monitoring  string
	sheetsIn    []formats.Format
}

func (a *app) assembleCommand() *cobra.Command {
	var r assembly
	c := &cobra.Command{
		Use:   "assemble (--unit 编码 | --all) --year 年度 --format html,pdf,xlsx,docx,csv,json --out 目录",
		Short: "由已批复的记录生成公开文本和预算公开表",
		Long: "由已批复的记录生成预算公开文本（html、pdf、xlsx、docx）和各张公开表（csv、json、xlsx、html）。\n" +
			"尚未公开的文本标为草稿。--evaluations、--monitoring 改为生成自评表、监控表，没有确认的标为未确认。--all 生成一个区划一年内所有单位和部门的文件，每个单位一个子目录。",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if err := r.check(); err != nil {
				return err
			}
			return a.withStore(c, func(ctx context.Context, _ config.Config, s *store.Store) error {
				r.query.Scope = store.Everything()
				if r.asksForSheets() {
					return a.assembleSheets(ctx, s, &r)
				}
				service := publication.NewService(s, web.Stylesheet())
				if r.all {
					return a.assembleAll(ctx, service, &r)
				}
				debug.SetGCPercent(oneDocument)
				return service.View(ctx, r.query, func(b *publication.Book) error {
					a.sayState(b)
					return writeBook(b, r.writers, r.out)
				})
			})
		},
	}
	tableFlags(c, &r.query)
	c.Flags().BoolVar(&r.all, "all", false, "区划内当年有记录的所有单位和部门")
	c.Flags().BoolVar(&r.evaluations, "evaluations", false, "改为生成各项目的绩效自评表（html、pdf、xlsx、docx）")
	c.Flags().StringVar(&r.monitoring, "monitoring", "", "改为生成某一监控期间的绩效运行监控表，如 1-7（html、pdf、xlsx、docx）")
	c.MarkFlagsMutuallyExclusive("evaluations", "monitoring", "department")
	c.Flags().StringSliceVar(&r.formats, "format", []string{"csv"}, "格式，逗号分隔："+strings.Join(publication.Formats(), "、"))
	c.Flags().StringVar(&r.out, "out", "", "输出目录，不存在时建立")
	require(c, "out")
	return c
}

func (r *assembly) check() (err error) {
	switch {
	case r.all && (r.query.Unit != "" || r.query.Department):
		return errors.New("--all 已包括所有单位和部门，不能与 --unit、--department 同用")
	case !r.all && r.query.Unit == "":
		return errors.New("请用 --unit 指定单位编码，或用 --all 生成所有单位")
	}
	if err := checkState(r.query.State); err != nil {
		return err
	}
	if r.asksForSheets() {
		r.sheetsIn, err = sheetFormats(r.formats)
	} else {
		r.writers, err = writersOf(r.formats)
	}
	return err
}

func writersOf(formats []string) ([]publication.Format, error) {
	var writers []publication.Format
	for _, name := range formats {
		w, ok := publication.FormatOf(name)
		if !ok {
			return nil, fmt.Errorf("--format 中的 %q 不是可用的格式：%s", name, strings.Join(publication.Formats(), "、"))
		}
		writers = append(writers, w)
	}
	return writers, nil
}

// assembleAll writes the files of everybody who publishes, on all processors, and
// says how far it is. Each worker holds one unit at a time. One that fails is named
// and does not keep the others from their files.
func (a *app) assembleAll(ctx context.Context, service *publication.Service, r *assembly) error {
	publishers, err := service.Publishers(ctx, r.query)
	if err != nil {
		return err
	}
	jobs := make(chan publication.Publisher)
	progress := progressOf(len(publishers))
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for p := range jobs {
				progress.done(a, p, service.View(ctx, p.Query, func(b *publication.Book) error {
					return writeBook(b, r.writers, filepath.Join(r.out, p.Folder()))
				}))
			}
		})
	}
	for _, p := range publishers {
		if ctx.Err() != nil {
			break
		}
		jobs <- p
	}
	close(jobs)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	if progress.failed > 0 {
		fmt.Fprintf(a.stderr, "%d 个未能生成\n", progress.failed)
		return errFailed
	}
	return nil
}

// counter counts what is done, for lines of progress.
type counter struct {
	sync.Mutex
	count, total, failed int
}

func progressOf(total int) *counter { return &counter{total: total} }

func (c *counter) done(a *app, p publication.Publisher, err error) {
	c.Lock()
	defer c.Unlock()
	c.count++
	fmt.Fprintf(a.stderr, "[%d/%d] %s\n", c.count, c.total, p.Title())
	if err != nil {
		c.failed++
		a.report(err)
	}
}

// writeBook writes all files of a book. Those that read no records are written on all
// processors while the others are.
func writeBook(b *publication.Book, formats []publication.Format, dir string) error {
	var files []publication.File
	for _, format := range formats {
		files = append(files, format.Files(b)...)
	}
	if slices.ContainsFunc(files, func(f publication.File) bool { return f.Apart }) {
		if _, err := b.Draft(); err != nil {
			return err
		}
	}
	var apart sync.WaitGroup
	faults := make([]error, len(files))
	write := func(i int) { faults[i] = writeFile(filepath.Join(dir, files[i].Name), files[i].Write) }
	for i, f := range files {
		if f.Apart {
			apart.Go(func() { write(i) })
		}
	}
	for i, f := range files {
		if !f.Apart {
			write(i)
		}
	}
	apart.Wait()
	return errors.Join(faults...)
}
