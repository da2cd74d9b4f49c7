/**
 * Lines by a seventh stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from
 * bed: `state | line | end | also`. Kept from the model of topics at first: 52 % ended as the stranger's words say, 63 of
 * 110 where a form or a read-back of the product stands for a record, 84 with the ends added to 38 lines; 2 lines were
 * recorded wrong. The model has learned from them since. The ends added: a button, form or note instead of a record.
 */
export const BEDSIDE_ZH = `
system | 商城挂了 首页直接502 | fact system=shop
system | 不是商城哈 是进销存那边遭了 | fact system=erp
system | 俩都中了,商城跟进销存一个没跑 | fact system=shop or ask 网上商城
system | 会员app啊 你这按钮里头没得这个 | fact system=other or ask 其他系统
system | 我九点二十收到云盾告警就开始查了 现在还在翻日志 | aware 31T09:20 or ask 09:20
system | 好像是仓库那套 出库单打不出来了 | ask 进销存
system | 可能商城吧 我手上只有手机 看不了后台 | ask 网上商城
system | 8点多就有客人打电话来骂了 陈洁你记得几点不 | ask 08:00
system | 先莫问 还剩好多时间要报 | view status or view clocks
system | 手滑点错了 退回去 | ask 撤销 or view answers
system | 这机器人能干啥啊 有说明没 | view help
system | 我还在被窝里头 等我开电脑 | silent
system | 上礼拜进销存也卡过一回 那次是磁盘满了 | note
system | 进销存我刚登上去了 好得很 没毛病 | note
awareness | 嗯那个就是我是九点零八分收到的监控短信嘛然后我就马上给李伟打电话了 | aware 31T09:08 or ask 09:08
awareness | 不对不对 九点零五才是 20是我看到群消息的时间 | aware 31T09:05
awareness | 供应商老周8:47打给我的 说咱们的单子在外头卖 我那会儿才知道 | aware 31T08:47
awareness | 第一个顾客电话是今早8:31 我接的 工单上有时间 | aware 31T08:31
awareness | 【安全中心】2026-03-31 09:12:44 检测到异地登录 web-prod-02 ← 弹出来我当场就看到了 | aware 31T09:12
awareness | 就半个钟前咯 陈洁喊我我先知 | ask 09:2 or aware 31T09:2
awareness | 昨晚就有人反映了吧?我也是听小刘讲的 | ask 昨 or note or ask 00:00
awareness | 日志里最早那条凌晨3点12 不过那会儿没人看 | ask 03:12 or note
awareness | 八点五十上下吧 客服转过来的邮件 具体得翻 | ask 08:50
awareness | 到底按告警响的时间算 还是按我看见的时间算 | view why or view question or view clocks or view status
awareness | 这题先跳 后面补 | closed or ask 不清楚 or cmd snooze or view next or note
awareness | @李伟 你啥时候晓得的 | silent or note
awareness | 赵敏说时间不能瞎填 填错了要担责的 | silent or note
awareness | 商城库被拖了!会员表大约12万人 确认过 | ask 12 or fact incident_type=data.leak or ask 泄 | personal_info_people incident_type system
type | 勒索 文件全变.locked了 要0.8个比特币 | fact incident_type=malware.ransomware
type | 就是ddos撒 高防那边峰值40多G | fact incident_type=attack.denial_of_service
type | 首页给人换成博彩了 logo都没了 页面被篡改没跑 | fact incident_type=attack.defacement
type | 没人攻击咱 王磊昨儿发版配置写错了 算故障 | fact incident_type=facility.technical or ask 故障 or ask 配置 or ask 失误 or ask 误操作
type | 财务小妹点了个钓鱼油件 密码都填进去了 | fact incident_type=attack.phishing or ask 钓鱼
type | 感觉像数据泄漏哦 但是还没实锤 | ask 泄
type | 会不会是木马 cpu一直百分百下不来 | ask 木马 or ask 恶意
type | 应该不是勒索 没见到勒索信 | note
type | 泄露和入侵能一起选不 | view question
type | 散了散了虚惊一场 咱们自己压测忘关了 | cmd withdraw_declaration or form close or ask 误报
type | 给我整个两句话的 我好发给老板 | view catchup or view status or view draft or view text
type | 王磊人呢 上来看哈嘛 | silent or note
type | 误报???你确定? | silent or note
type | 警已经报了 网安支队的 民警姓徐 | ask 报案 or form filing
people | 三千二百个会员 导出来数过了 | fact personal_info_people=3200
people | 12.6w用户受影响 王磊跑的数 去过重 | fact personal_info_people=126000
people | 九千八百六十一人 就这么多 | fact personal_info_people=9861
people | 0个 那个库只有商品 没有个人信息 | fact personal_info_people=0 or ask 0
people | 手机号 收货地址 姓名都在里面 身份证没有 | cmd fill_field or ask 种类 or note
people | 改一哈 不是3200 是三万二 少打个零 | fact personal_info_people=32000 or ask 3.2 or ask 32,000
people | 几十万吧 瞎猜的 | ask 十万 or ask 00,000 or note or ask 10万
people | select count(*) 出来45817 我觉得就是这个 | ask 45,817 or fact personal_info_people=45817 or ask 45817
people | 会员总共87万 但不晓得拿走好多 | note or ask 87
people | 五万条订单 一个人可能下了好几单 | note or ask 5万 or ask 50,000
people | 还在跑数 先填不清楚得不得行 | fact personal_info_people=unknown or ask 不清楚
people | 十点十分叫我一声 我再来补 | cmd snooze or ask 提醒
people | 刚才那个数谁填的 翻下记录 | view answers or ask 撤销 or view log
people | 一人发条短信几分钱 天呐这钱谁出 | silent or note
ongoing | 还在打 流量一点没下来 | running ongoing or ask 仍在
ongoing | 停了 9点38封的ip 封完就没动静了 | span ongoing 0 09:38 or form ongoing
ongoing | 凌晨两点四十开始的 到现在都没断 | running ongoing
ongoing | 三点一刻到六点整 之后就没了 日志清清楚楚 | span ongoing 03:15 06:00
ongoing | 黑客转走四万六 微信商户号那边对过账了 | fact direct_loss_cny=46000 or ask 4.6 or ask 46,000
ongoing | 110打过了 喊我们带材料切派出所 | ask 报案 or form filing
ongoing | 貌似没了?我刷两下能进 | form ongoing or ask 结束
ongoing | 估计昨晚十一二点就进来了 | ask 23:00 or form ongoing or ask 昨
ongoing | 我去机房拔网线 等我五分钟 | note or silent
ongoing | 打算把库切到备机 要二十分钟 先跟大家讲声 | note
ongoing | 机器人 捋一捋目前都知道些啥 | view catchup
ongoing | 我要登机了 后面的事交给赵敏 | cmd hand_over or ask 赵敏
ongoing | 有冇人要咖啡 我落楼 | silent
ongoing | 现在还打不打啊 有人盯着没 | silent or note
outage | 47分钟 | fact site_outage_minutes=47
outage | 刚说的47不对 七十四分钟 语音给我转反了 | fact site_outage_minutes=74 or ask 1小时14分
outage | 9:02宕的 这会儿还没起来 | running site_outage_minutes or ask 09:02
outage | 一个半小时多了都 八点一刻就打不开 现在还不行 | running site_outage_minutes or ask 08:15
outage | 8点40到9点15 全站不可用 | span site_outage_minutes 08:40 09:15
outage | 没停过啊 一直能下单 | fact site_outage_minutes=0 or ask 0分钟
outage | 时断时续的 加一块儿可能二十来分钟 | ask 20
outage | 半个钟左右啦 冇掐表 | ask 30
outage | 有客人讲他昨天晚上就进不去了 真假不知 | ask 昨 or form ongoing or note
outage | 停多久才够得上较大啊 | view why or view question
outage | 倒出一份word 我转给赵敏 | view download
outage | 那个维护页面是我自己挂的 别怪黑客 | note or silent
outage | 第三次重启了 死活起不来 服了 | note or ask 仍在 or silent or form ongoing
outage | 收到 谢啦 | silent
judgement | 我判断 较严重 | form judgements
judgement | 李总拍板了 特别严重 别纠结了 | form judgements
judgement | 没威胁 选无就行 | form judgements
judgement | 对了 泄出去的里头有银行卡后四位 财务核实了的 | cmd fill_field or ask 种类 or note
judgement | 我个人觉得算严重?赵敏你看呢 | form judgements
judgement | 已经退了怕有十五六万的款了 | ask 15 or note or ask 损失
judgement | 抖音上都有人发视频骂我们了 陈洁快看 | note
judgement | 上回那个事儿判的是较严重 最后也没咋样 | note or silent
judgement | 这个我定不了 你问李伟 | note or form assign
judgement | 严重跟较严重差在哪儿 | view question or view why or view law
judgement | 叮叮当当的 安静十分钟行不行 | cmd snooze or ask 提醒 or silent
judgement | 哈哈哈最严重的是我三点才睡 | silent
judgement | 有点恼火哦这个 | silent or note
verdict | 12387打了 九点四十一接通的 女的 工号0357 | filing 09:41 0357 or form phone_report
verdict | 初报写好没 贴出来瞅瞅 | view text or view draft or form first_report
verdict | 谁来打电话 我打还是李伟打 | view script or view owed
verdict | 最晚几点必须报上去?别搞超时了 | view status or view clocks
verdict | 我是赵敏 内容没问题 同意上报 | cmd approve or form decide_approval or view text or ask 稿
verdict | 凭啥就较大了 依据哪一条 | view why
verdict | 续报啥时候交 后面的节点也列给我 | view status or view clocks
verdict | 等等 人数更新下 刚对完 18万人 | fact personal_info_people=180000 or ask 18
verdict | 恢复了 9:44商城全部正常 | form ongoing or ask 09:44
verdict | 公安那头好像李伟联系过了 我不确定哈 | ask 报案 or form filing
verdict | 会员app没准也得算进去 王磊在看 | ask 其他系统 or note
verdict | 热线占线 打了三遍都没人接 | note or form phone_report
verdict | 辛苦各位 中午我请火锅 | silent
`;
