"""The words of which names are made. Invented: any resemblance to a real place or person is chance."""


def split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# surname and share in per mille: roughly Shanxi's distribution, with the polyphones that pinyin libraries
# misread (单 曾 仇 解 查 …) and compound ones, so that the sample exercises them.
SURNAMES = (
    "王 118|张 108|李 104|刘 62|赵 50|杨 38|郭 36|陈 26|高 24|武 18|孙 17|马 17|任 16|贾 16"
    "|韩 15|梁 14|宋 13|曹 13|闫 13|白 12|田 12|冯 12|吴 12|郝 11|薛 11|胡 10|徐 10|牛 10"
    "|侯 9|崔 9|周 9|朱 9|董 8|史 8|吕 8|杜 8|樊 7|范 7|段 7|秦 7|原 7|程 7"
    "|许 7|魏 6|申 6|贺 6|石 6|苏 6|孟 6|姚 6|阎 5|卫 5|柴 5|霍 5|常 5|乔 5"
    "|康 4|渠 3|冀 3|尹 3|靳 3|狄 2|单 2|曾 2|仇 2|解 3|查 1|盖 1|区 1|乐 1"
    "|朴 1|繁 1|令狐 2|尉迟 1|欧阳 1|呼延 1"
)

# Characters that would make a well-known name of a common surname are left out on purpose.
GIVEN_MALE = "建国志明军伟刚勇峰斌涛磊波辉林海云飞宇浩杰俊凯鑫晨博文天瑞子轩一帆永红生根喜贵全福保成虎龙川"
GIVEN_FEMALE = "秀英桂兰玉珍芳丽敏静娟霞燕红梅艳娜婷雪琳颖慧佳怡欣雨涵梓萱诗琪云凤莲花爱香巧翠月彩仙改"
# Generation: the older half of each list is for people born before 1975.
ELDER_SHARE = 0.55

ETHNICITIES = (("汉族", 985), ("回族", 6), ("满族", 4), ("蒙古族", 3), ("土家族", 1), ("壮族", 1))
# education → shares for those born before 1955, 1955–1979, since 1980
EDUCATIONS = (
    ("小学", (40, 8, 0)),
    ("初中", (35, 30, 6)),
    ("高中", (12, 20, 10)),
    ("中专", (6, 12, 8)),
    ("大专", (5, 18, 26)),
    ("大学", (2, 11, 40)),
    ("研究生", (0, 1, 10)),
)
JOBS = {
    "机关": ("公务员", "机关工作人员", "工勤人员"),
    "事业单位": ("专业技术人员", "管理人员", "医务人员"),
    "国有企业": ("生产一线职工", "专业技术人员", "管理人员"),
    "非公企业": ("企业职工", "企业管理人员", "个体工商户"),
    "社会组织": ("社会组织专职人员", "律师", "志愿服务人员"),
    "学校": ("教师", "学生", "教辅人员"),
    "农村": ("农牧渔民", "村干部", "外出务工人员"),
    "社区": ("社区工作者", "灵活就业人员", "退休人员"),
    "离退休": ("离退休人员",),
    "联合支部": ("企业职工", "个体工商户"),
    "流动党员支部": ("外出务工人员", "灵活就业人员"),
    "临时支部": ("项目建设人员", "专业技术人员"),
    "其他": ("其他从业人员",),
}
# (youngest, oldest): outside it the first job of the type is taken
JOB_AGES = {"学生": (18, 30), "退休人员": (58, 99)}
FLOATING_TO = split("北京市 天津市 河北省石家庄市 陕西省西安市 内蒙古自治区呼和浩特市 广东省深圳市")

STREETS = split("新民 永安 和平 文昌 汾滨 向阳 北营 南关 东兴 西环 长风 滨河 兴华 龙城")
TOWNS = split("柳泉 石门 双河 黄岭 古城 上庄 青龙 白马 红崖 清水 杏林 大庙 天池 东峪")
COMMUNITIES = split("康乐 幸福 文苑 惠民 安泰 锦绣 丽景 和谐 朝霞 春晖 翠竹 书香 双拥 阳光")
VILLAGES = split("上河 下庄 前岭 后沟 东坡 西坪 南湾 北梁 大槐 小泉 石桥 枣园 桃李 榆树")
VILLAGE_ENDS = split("村 庄村 堡村 沟村 坪村 营村 岭村 湾村")
BUREAUS = split(
    "教育局 财政局 民政局 农业农村局 卫生健康局 交通运输局 住房和城乡建设局 水务局 林业局 文化和旅游局 审计局"
    " 统计局 应急管理局 市场监管局 自然资源局 人力资源和社会保障局 退役军人事务局 医疗保障局 行政审批局"
    " 公安局 司法局 档案馆"
)
FIRMS = split("晋阳 汾河 太行 吕梁山 云中 河东 雁门 龙门 平川 星火 恒远 宏图 盛达 同辉")
STATE_TRADES = split("煤业集团公司 机械制造公司 电力公司 化工集团公司 城建投资公司 供水公司 公交公司")
PRIVATE_TRADES = split("科技有限公司 食品有限公司 物流有限公司 商贸有限公司 农业开发公司 新材料公司")
SOCIETIES = split("商会 行业协会 律师事务所 志愿者联合会 会计师事务所 养老服务中心")
INSTITUTIONS = split("人民医院 中医院 文化馆 图书馆 农技推广中心 公路管理段 疾控中心 园林管理中心")
SCHOOLS = split("中学 实验小学 职业技术学校 高级中学 外国语学校 幼儿教育集团")
COLLEGES = split("理工学院 师范学院 职业技术学院 财经学院 医药学院 农业学院")
OTHERS = split("物流园区 产业园区 集贸市场 建设项目部 旅游服务中心")
ROADS = split("新建路 和平街 文昌路 汾滨街 建设路 向阳街 长兴路 滨河路 府东街 学府街")
