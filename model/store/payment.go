package store

import (
	"database/sql"
	"iter"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// paymentRow is a payment as the table keeps it.
type paymentRow struct {
	ID          model.ID `gorm:"primaryKey;autoIncrement:false"`
	RegionCode  string
	UnitID      model.ID
	UnitPath    string
	Year        int
	ProjectCode string
	FundKind    int8
	PaidOn      model.Date
	Amount      model.Money
	Reference   string
	Flags       string
	BatchID     model.ID
	Note        string
	CreatedAt   time.Time
	CreatedBy   string
}

// TableName is the table of paymentRow.
func (paymentRow) TableName() string { return "payments" }

func (r *paymentRow) payment() model.Payment {
	return model.Payment{
		ID: r.ID, RegionCode: r.RegionCode, UnitID: r.UnitID, UnitPath: r.UnitPath, Year: r.Year, ProjectCode: r.ProjectCode,
		FundKind: fundKinds.value(r.FundKind), PaidOn: r.PaidOn, Amount: r.Amount, Reference: r.Reference,
		Flags: strings.FieldsFunc(r.Flags, func(c rune) bool { return c == ',' }), BatchID: r.BatchID, Note: r.Note,
		CreatedAt: r.CreatedAt.UTC(), CreatedBy: r.CreatedBy,
	}
}

// AddPayments adds payments; missing identifiers and times are filled in.
// Errors: Conflict "store.duplicate" where a reference is there already; Invalid
// "payment.fundKind".
func (tx *Tx) AddPayments(payments []model.Payment) error {
	rows := make([]paymentRow, len(payments))
	for i := range payments {
		p := &payments[i]
		tx.nextID(&p.ID)
		tx.fillTime(&p.CreatedAt)
		kind, ok := fundKinds.number(p.FundKind)
		if !ok || kind == 0 {
			return model.Fail(model.Invalid, "payment.fundKind", "支付 %s 的资金性质不在规定的取值之内", p.Reference)
		}
		rows[i] = paymentRow{
			ID: p.ID, RegionCode: p.RegionCode, UnitID: p.UnitID, UnitPath: p.UnitPath, Year: p.Year, ProjectCode: p.ProjectCode,
			FundKind: kind, PaidOn: p.PaidOn, Amount: p.Amount, Reference: p.Reference, Flags: strings.Join(p.Flags, ","),
			BatchID: p.BatchID, Note: p.Note, CreatedAt: p.CreatedAt, CreatedBy: p.CreatedBy,
		}
	}
	return insert(tx, rows)
}

// PaymentsByReference gives a region's payments of a year by reference; unknown
// references are missing.
func (tx *Tx) PaymentsByReference(region string, year int, references []string) (map[string]model.Payment, error) {
	found := make(map[string]model.Payment, len(references))
	for some := range slices.Chunk(references, maxIDs) {
		var rows []paymentRow
		err := tx.db.Where("region_code = ? AND year = ? AND reference IN ?", region, year, some).Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for i := range rows {
			found[rows[i].Reference] = rows[i].payment()
		}
	}
	return found, nil
}

// PaymentQuery says which payments are in question.
type PaymentQuery struct {
	Year     int
	UnitPath string
	Below    bool       // with all units below, else the unit alone
	Project  string     // "" for every project
	From     model.Date // paid on that day at the earliest; "" for all
	Until    model.Date // paid on that day at the latest; "" for all
	Flag     string     // that it carries; "" for all
}

func (q PaymentQuery) condition() *condition {
	c := &condition{}
	c.and("p.year = ?", q.Year)
	if q.Below {
		sql, args := prefixed("p.unit_path", q.UnitPath)
		c.and(sql, args...)
	} else {
		c.and("p.unit_path = ?", q.UnitPath)
	}
	if q.Project != "" {
		c.and("p.project_code = ?", q.Project)
	}
	if q.From != "" {
		c.and("p.paid_on >= ?", q.From)
	}
	if q.Until != "" {
		c.and("p.paid_on <= ?", q.Until)
	}
	if q.Flag != "" {
		c.and("CONCAT(',', p.flags, ',') LIKE ? ESCAPE '!'", containing(","+q.Flag+","))
	}
	return c
}

// Payments lists a page of payments, the newest first, with how many there are and
// what they add up to. The caller has asked for the right to see the units.
func (tx *Tx) Payments(q PaymentQuery, limit, offset int) (list []model.Payment, count int, total model.Money, err error) {
	c := q.condition()
	head := tx.db.Raw("SELECT COUNT(*), COALESCE(SUM(p.amount), 0) FROM payments p WHERE "+c.sql(), c.args...).Row()
	if err := head.Scan(&count, &total); err != nil {
		return nil, 0, 0, tx.fail(err)
	}
	var rows []paymentRow
	err = tx.db.Raw("SELECT p.* FROM payments p WHERE "+c.sql()+" ORDER BY p.paid_on DESC, p.id DESC LIMIT ? OFFSET ?",
		append(c.args, limit, offset)...).Scan(&rows).Error
	list = make([]model.Payment, len(rows))
	for i := range rows {
		list[i] = rows[i].payment()
	}
	return list, count, total, tx.fail(err)
}

// ProjectAmount is an amount of one project and fund kind.
type ProjectAmount struct {
	UnitPath    string
	ProjectCode string
	FundKind    model.FundKind
	Amount      model.Money
}

// PaidByProject adds payments up by unit, project and fund kind, in this order.
func (tx *Tx) PaidByProject(q PaymentQuery) iter.Seq2[ProjectAmount, error] {
	c := q.condition()
	return stream(tx, "SELECT p.unit_path, p.project_code, p.fund_kind, SUM(p.amount) FROM payments p WHERE "+c.sql()+
		" GROUP BY p.unit_path, p.project_code, p.fund_kind ORDER BY p.unit_path, p.project_code, p.fund_kind", c.args, scanProjectAmount)
}

func scanProjectAmount(rows *sql.Rows) (a ProjectAmount, err error) {
	var kind int8
	err = rows.Scan(&a.UnitPath, &a.ProjectCode, &kind, &a.Amount)
	a.FundKind = fundKinds.value(kind)
	return a, err
}

// ProjectBudget gives a project's budget in a state, line by line with fund kind and
// source; carry-over is among them.
func (tx *Tx) ProjectBudget(year int, unitPath, project string, state model.TableState) ([]model.Fact, error) {
	return tx.budgetLines(FactQuery{Scope: Everything(), Year: year, State: state, Root: unitPath}, project)
}

// ProjectBudgets is ProjectBudget of all projects of a unit and of those below.
func (tx *Tx) ProjectBudgets(year int, path string, state model.TableState) ([]model.Fact, error) {
	return tx.budgetLines(FactQuery{Scope: Everything(), Year: year, State: state, Root: path, Below: true}, "")
}

func (tx *Tx) budgetLines(q FactQuery, project string) (lines []model.Fact, err error) {
	where := model.Predicate{Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure, Project: project}
	for fact, err := range tx.Facts(q, where) {
		if err != nil {
			return nil, err
		}
		lines = append(lines, fact)
	}
	return lines, nil
}

// PaymentCount is how many payments a project has.
type PaymentCount struct {
	UnitPath    string
	ProjectCode string
	Count       int
	Flagged     int // that stood out when they came in
	LastPaid    model.Date
}

// PaymentCounts counts the payments of the query by project, in the order of units.
func (tx *Tx) PaymentCounts(q PaymentQuery) (counts []PaymentCount, err error) {
	c := q.condition()
	err = tx.db.Raw("SELECT p.unit_path, p.project_code, COUNT(*) AS count, SUM(CASE WHEN p.flags <> '' THEN 1 ELSE 0 END) AS flagged,"+
		" MAX(p.paid_on) AS last_paid FROM payments p WHERE "+c.sql()+" GROUP BY p.unit_path, p.project_code ORDER BY p.unit_path, p.project_code", c.args...).
		Scan(&counts).Error
	return counts, tx.fail(err)
}

// PaymentBatches lists a page of the imports of a region's year, the newest first, with
// how many there are.
func (tx *Tx) PaymentBatches(region string, year, limit, offset int) (list []model.PaymentBatch, total int64, err error) {
	query := tx.db.Model(&model.PaymentBatch{}).Where("region_code = ? AND year = ?", region, year).Session(&gorm.Session{})
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	err = query.Order("id DESC").Limit(limit).Offset(offset).Find(&list).Error
	for i := range list {
		list[i].CreatedAt = list[i].CreatedAt.UTC()
	}
	return list, total, tx.fail(err)
}

// FiledProject is a project that has a filing in a year.
type FiledProject struct {
	RecordID    model.ID
	UnitID      model.ID
	UnitPath    string
	UnitCode    string
	ProjectCode string
	InForceID   model.ID
	NewestID    model.ID
}

// FiledProjects finds the filings of a region's year by project code; several units
// may use one code.
func (tx *Tx) FiledProjects(region string, year int, codes []string) (map[string][]FiledProject, error) {
	found := map[string][]FiledProject{}
	for some := range slices.Chunk(codes, maxIDs) {
		var rows []FiledProject
		err := tx.db.Table("records r").Joins("JOIN budget_units u ON u.id = r.unit_id").
			Select("r.id AS record_id, r.unit_id, u.path AS unit_path, u.code AS unit_code, r.project_code, r.in_force_id, r.newest_id").
			Where("u.region_code = ? AND r.year = ? AND r.kind = ? AND r.project_code IN ?", region, year, model.FilingRecord, some).
			Order("u.path").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.ProjectCode] = append(found[row.ProjectCode], row)
		}
	}
	return found, nil
}

// AddPaymentBatch adds an import; a missing identifier and time are filled in.
func (tx *Tx) AddPaymentBatch(batch *model.PaymentBatch) error {
	tx.nextID(&batch.ID)
	tx.fillTime(&batch.CreatedAt)
	return tx.fail(tx.db.Create(batch).Error)
}

// PaymentColumns gives what a region's files call the fields, by column name.
func (tx *Tx) PaymentColumns(region string) (map[string]string, error) {
	var rows []model.PaymentColumn
	err := tx.db.Where("region_code = ?", region).Find(&rows).Error
	columns := make(map[string]string, len(rows))
	for _, row := range rows {
		columns[row.ColumnName] = row.Field
	}
	return columns, tx.fail(err)
}

// SavePaymentColumns remembers column names, in place of what they meant before.
func (tx *Tx) SavePaymentColumns(columns []model.PaymentColumn) error {
	if len(columns) == 0 {
		return nil
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&columns).Error)
}
