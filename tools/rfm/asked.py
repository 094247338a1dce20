"""How RFM is asked for."""

from tools.tool import ArgumentWords, Asked
from warehouse.lexicon.phrases import Phrases
from warehouse.text import Text

CUES = Phrases(
    zh=(
        "RFM[的][分析|模型|打分|得分|分数|看板|分层|分群|分组|人群|价值][的](结果|情况|明细|分布|报告)",
        "(用|按|根据|基于)RFM[模型|方法][来][给|把|对][客户|用户|会员|顾客](做|进行)[个|一下](分层|分群|分类|打分)",
        "(用|按|根据|基于)RFM[模型|方法][来][给|把|对][客户|用户|会员|顾客]分(个|一下|成)(层|群|类|几层|几群|几类|八层|八类)",
        "(做|跑|算|来|看|出|进行)[一下|一次|一个|个|次|份]RFM[的][分析|模型|分层|分群|打分|得分]",
        "(打|算)[一下|个|出]RFM[的](分|得分|分数)",
        "RFM[分析|模型|打分|得分|分数|看板|分层|分群]",
        "(价值|RFM)(分层|分群)",
        "(用户|客户|会员|顾客)[价值]分层",
    ),
    en=(
        "rfm[ analysis| model| scores| score| segmentation| results| result| breakdown]",
        "value (tiers|segmentation)",
        "(segment|group) (our|the|all) (customers|users|buyers) by rfm",
    ),
)
MOVES = Phrases(
    zh=(
        "[各层|各群|各段][怎么|如何][的]迁移[情况|矩阵|的]",
        "[各层|各群|分层][的](流转|变动|迁移|变迁)[情况]",
        "(谁|哪些人|有多少人)[的]换了(层|群)",
    ),
    en=(
        "(moved|moving|shifted|migrated|moves) between[ the] segments",
        "segment (migration|movement|moves|transitions)",
        "who moved",
    ),
)
GRID = Phrases(
    zh=("R[×|x|*|和]F[的|得分|打分][热力图|分布|矩阵|交叉]", "[打分|得分|分数][的]热力图"),
    en=("r × f[ heat map| grid| scores]", "r x f[ heat map| grid| scores]", "[score ]heat map"),
)
SCORES = Phrases(
    zh=("(用户|客户|会员|顾客)[ID|号|编号][为|是|:]{id}[的]",),
    en=("(of|for) (customer|user)[ id| number] {id}", "(customer|user)[ id| number] {id}['s]"),
)
BESIDE = Phrases(
    zh=("[每|各|每一|各个](层|群|类)[各|分别][有|是]多少(人|客户|用户|位)", "[看看][都]有(哪些|哪几)(层|群|类)"),
    en=("how many (customers|users|people|buyers) are in each[ segment]",),
)
ASKED = Asked(
    cues=CUES,
    beside=BESIDE,
    arguments={
        "by": ArgumentWords("dimension"),
        "compare": ArgumentWords("comparison"),
        "where": ArgumentWords("people"),
        "period": ArgumentWords("period"),
        "show": ArgumentWords("choice", choices={"moves": MOVES, "grid": GRID}),
        "customer": ArgumentWords("id", phrases=SCORES),
    },
    examples=(
        Text("RFM分析", "RFM analysis"),
        Text("{period}{behaviour}的{people}做RFM分析", "RFM analysis of {people}s who {behaviour} in {period}"),
    ),
)
