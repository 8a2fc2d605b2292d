package model

// UnitKind is what a budget unit is (单位性质).
type UnitKind string

// The kinds of unit that have a budget. A stub, known only as somebody's parent,
// has no kind yet.
const (
	Administrative      UnitKind = "administrative"      // 行政单位
	CivilServiceManaged UnitKind = "civilServiceManaged" // 参公事业单位
	PublicInstitution   UnitKind = "publicInstitution"   // 事业单位
)

// FundKind is 资金性质, the budget's cut of money.
type FundKind string

// The five fund kinds, in the order of the published tables.
const (
	GeneralPublicBudget  FundKind = "generalPublicBudget"  // 一般公共预算
	GovernmentFund       FundKind = "governmentFund"       // 政府性基金预算
	StateCapital         FundKind = "stateCapital"         // 国有资本经营预算
	FiscalSpecialAccount FundKind = "fiscalSpecialAccount" // 财政专户管理资金
	UnitFunds            FundKind = "unitFunds"            // 单位资金
)

// Source tells this year's money from last year's (本年预算 / 上年结转).
type Source string

// The two sources; a blank source in a package is CurrentYear.
const (
	CurrentYear Source = "currentYear" // 本年预算
	CarryOver   Source = "carryOver"   // 上年结转
)

// CostKind cuts basic expenditure (人员经费 / 公用经费).
type CostKind string

// The two cost kinds.
const (
	Personnel CostKind = "personnel" // 人员经费
	Public    CostKind = "public"    // 公用经费
)

// Expenditure cuts all spending (基本支出 / 项目支出).
type Expenditure string

// The two kinds of expenditure.
const (
	BasicExpenditure   Expenditure = "basic"   // 基本支出
	ProjectExpenditure Expenditure = "project" // 项目支出
)

// ProcurementKind is what 政府采购 buys.
type ProcurementKind string

// The three kinds of procurement.
const (
	Goods    ProcurementKind = "goods"    // 货物
	Works    ProcurementKind = "works"    // 工程
	Services ProcurementKind = "services" // 服务
)

// Category is a project's kind of expenditure (其他运转类 / 特定目标类).
type Category string

// The two categories of projects.
const (
	Operating Category = "operating" // 其他运转类
	Targeted  Category = "targeted"  // 特定目标类
)

// Nature is 项目属性 of the form.
type Nature string

// The two natures of projects.
const (
	Recurring Nature = "recurring" // 经常性项目
	OneOff    Nature = "oneOff"    // 一次性项目
)

// Measure says what a fact counts; facts of different measures never add up.
type Measure string

// The four measures of spec "Facts and figures".
const (
	MeasureBudget      Measure = "budget"      // basic lines, project budget rows
	MeasureEconomic    Measure = "economic"    // basic lines, project economic lines: a detail
	MeasureRevenue     Measure = "revenue"     // revenue lines
	MeasureProcurement Measure = "procurement" // procurement rows of lines
)

// TableState says which records a table counts.
type TableState string

// The three table states.
const (
	StateDraft    TableState = "draft"    // whatever passed review
	StateInitial  TableState = "initial"  // 年初: as of the 批复
	StateAdjusted TableState = "adjusted" // 变动后: with later adjustments
)

// Lists of the closed vocabularies, in the order of print.
var (
	UnitKinds        = []UnitKind{Administrative, CivilServiceManaged, PublicInstitution}
	FundKinds        = []FundKind{GeneralPublicBudget, GovernmentFund, StateCapital, FiscalSpecialAccount, UnitFunds}
	FiscalKinds      = FundKinds[:3] // 财政拨款
	Sources          = []Source{CurrentYear, CarryOver}
	CostKinds        = []CostKind{Personnel, Public}
	Expenditures     = []Expenditure{BasicExpenditure, ProjectExpenditure}
	ProcurementKinds = []ProcurementKind{Goods, Works, Services}
	Categories       = []Category{Operating, Targeted}
	Natures          = []Nature{Recurring, OneOff}
	Measures         = []Measure{MeasureBudget, MeasureEconomic, MeasureRevenue, MeasureProcurement}
	TableStates      = []TableState{StateDraft, StateInitial, StateAdjusted}
)

// chinese holds the official word of each value; keys of different enumerations
// do not collide except "public", which only CostKind uses.
var chinese = map[string]string{
	"administrative": "行政单位", "civilServiceManaged": "参公事业单位", "publicInstitution": "事业单位",
	"generalPublicBudget": "一般公共预算", "governmentFund": "政府性基金预算", "stateCapital": "国有资本经营预算",
	"fiscalSpecialAccount": "财政专户管理资金", "unitFunds": "单位资金",
	"currentYear": "本年预算", "carryOver": "上年结转",
	"personnel": "人员经费", "public": "公用经费", "basic": "基本支出", "project": "项目支出",
	"goods": "货物", "works": "工程", "services": "服务",
	"operating": "其他运转类", "targeted": "特定目标类", "recurring": "经常性项目", "oneOff": "一次性项目",
	"draft": "预算草案", "initial": "年初预算", "adjusted": "变动后预算",
}

// Chinese gives the official word of an enumeration's value, or the value itself
// where it has none.
func Chinese[T ~string](v T) string {
	if word, ok := chinese[string(v)]; ok {
		return word
	}
	return string(v)
}
