/**
 * Lines by a ninth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them in a
 * garage: `state | line | end | also`. Kept from the model of topics at first: 90 of 110 ended as wanted, where a form, a button
 * or a read-back of the product stands for a record; none was recorded wrong. The model has learned from them since.
 */
export const GARAGE_ZH = `
system | 商城挂了 首页502 | fact system=shop
system | 是进销存 不是商城哈 | fact system=erp
system | 会员app那边登录也报错了,刚点了三次都进不去 | ask 涉事系统：网上商城
system | 两个都中了,网上商城+进销存 | ask 涉事系统：网上商城
system | 应该是商城吧 我还没上电脑 | ask 涉事系统：网上商城
system | 会不会是短信网关那家的锅 | ask 涉事系统：网上商城
system | 9点12我这边收到zabbix告警才知道的,shop-web-03 cpu 100% | aware 31T09:12
system | @机器人 我们还剩多少时间 | view status
system | 等下 先把法务拉进来 @赵敏 | silent or note
system | 谁在公司?我还在2号线上 人民广场堵死了 | silent
system | 上个礼拜进销存也抽过一次风,重启就好了 跟今天不搭界的 | note or silent
system | 点错了点错了 撤回刚才那个 | ask 撤销
system | 你是谁啊 谁把机器人拉进来的 | view help
system | app没事的,我刚下了一单正常 | note or silent
awareness | 早上九点零五,客服接到顾客电话说收到诈骗短信 | aware 31T09:05
awareness | 我8:50看到的邮件,供应商发来的,说他们被黑了数据可能有我们的 | aware 31T08:50
awareness | 大概九点多一点吧 记不清了 | ask 获知时间：09:00
awareness | 不对 是9:20 我看了下通话记录 | ask 获知时间：09:20
awareness | 半个小时前陈洁打给我的 之前没人晓得 | aware 31T09:22
awareness | 告警03:41就发了,但是夜里没人看,王磊8点半上班才看到 | ask 夜里 03:41
awareness | 昨晚好像就有人在小红书上说了 | note
awareness | 这个"知道"到底怎么算啊,系统告警算不算?还是要人看到才算 | view question
awareness | 【阿里云】尊敬的用户:您的云服务器(shop-web-03)于2026-03-31 03:38:17存在异常登录,请及时处理 | ask 获知时间：03:38
awareness | 我先问问陈洁 等我两分钟 | silent or note
awareness | 陈洁你那个顾客几点打来的?? | silent
awareness | 先跳过这题 后面补 | ask 获知时间：不清楚
awareness | 勒索的,桌面上一个txt叫我们付0.8个比特币 | ask 勒索软件事件
awareness | 李伟你写早点别写晚了 到时候网信办查日志的 | silent or note
type | 勒索病毒 实锤了 文件全变.locked | fact incident_type=malware.ransomware
type | 被拖库了,暗网上有人在卖我们会员表 | ask 数据泄露事件
type | 看着像ddos 流量突然翻了二十倍 | ask 拒绝服务事件
type | 不是ddos!我查过了 是自己人发版把nginx配置搞坏了 | ask 技术故障事件
type | 首页被改成一个骷髅头了😂 | ask 网页篡改事件
type | 先是财务小姑娘点了钓鱼邮件,然后人家拿她账号进了进销存 | ask 网络钓鱼事件
type | 入侵。webshell都找到了,/upload/1.jsp | ask 后门植入事件
type | 挖矿?top里有个xmrig | ask 挖矿病毒事件
type | 我觉得八成是内鬼 上个月走的那个 | note
type | 选哪个啊 又有勒索又有泄露的 能多选伐 | view question
type | 把这个移交给王磊填,我要去开会 | cmd hand_over or cmd add_person or ask 王磊
type | 去年双十一那次才叫ddos好伐,今天这点毛毛雨 | note or silent
type | 收到 | silent
type | 虚惊一场啊各位,是安全部在做演练 没通知我们 | ask 误报撤回
people | 12.6万 | fact personal_info_people=126000
people | 会员表count出来 1,038,442 条,去重以后 97w人左右 | range personal_info_people 873000
people | 三百来个人 就昨天下单的那批 | range personal_info_people 270
people | 没有个人信息 那台机器只有商品图片 | fact personal_info_people=0 or ask 0人
people | 十万总归有的 | ask 泄露公民个人信息涉及人数：10万人
people | 不晓得 dba还在跑sql | note or ask 泄露人数：不清楚
people | 手机号、收货地址、还有身份证后四位 都在里面 | note or ask 种类 or cmd fill_field
people | 密码是加盐hash的 银行卡不存我们这里 | note
people | 更正:刚才说的5万是订单数,人是31,207 | fact personal_info_people=31207 or ask 31,207
people | 黑客在telegram上吹有两百万条 我们总共都没两百万会员好伐 | note or ask 泄露公民个人信息涉及人数：200万人
people | 我们商城注册用户一共86万,漏了多少还没数 | note or ask 泄露公民个人信息涉及人数：86万人
people | 填个大概可以吗?后面还能改伐 | view question
people | 机器人 目前都记了些啥 发一遍 | view catchup
people | 这人数填大了要坐牢的吧哈哈哈哈 | silent
ongoing | 还在继续 日志里对面还在拉数据 | running ongoing
ongoing | 9点35已经断网了 之后没有新的外连 | form ongoing
ongoing | 停了 从凌晨3点40到早上9点半 | span ongoing 03:40 09:30
ongoing | 应该停了吧 我把那个ip封掉了 | form ongoing
ongoing | 上周五晚上就进来了 first seen 2026-03-27 22:14:09,到现在后门还活着 | ask 持续情况：3月27日22:14起，仍在持续
ongoing | 好像又来了一波? | form ongoing
ongoing | 已经打过110了,南京东路派出所让我们先别动服务器 | ask 涉嫌犯罪，已报案
ongoing | 要不要报警啊这种 | view owed
ongoing | 服务器先别关!!要留证据的 | note
ongoing | 我准备10点切到备用机房 | note
ongoing | 王磊 防火墙那条规则你加了没 | silent
ongoing | 15分钟后提醒我再看一次 | ask 推迟提醒15分钟
ongoing | 9:28的时候客服说还有人收到诈骗短信,现在不清楚 | note or ask 持续 or form ongoing
ongoing | 早饭都没吃 饿死了 谁带个粢饭团上来 | silent
outage | 停了47分钟 | fact site_outage_minutes=47
outage | 9点03开始打不开的,到现在还没好 | running site_outage_minutes
outage | 八点四十到九点二十五 现在恢复了 | span site_outage_minutes 08:40 09:25
outage | 商城一秒都没停 就是数据被人看了 | fact site_outage_minutes=0 or ask 0分钟
outage | 个把小时吧 | ask 1小时 or ask 60 or form ongoing or ask 网站因攻击
outage | 一刻钟 顶多二十分钟 | ask 网站因攻击、故障不能访问的时长：15分钟
outage | 打不开是因为我们自己挂的维护页 9:15挂上去的,算不算中断? | ask 网站因攻击、故障不能访问的时长：09:15起，仍在持续
outage | 2个半钟头了都 老板要杀人了 | ask 网站因攻击、故障不能访问的时长：2小时30分
outage | 一上午损失三十几万营业额有的 | ask 直接经济损失（元）：31万元至不足40万元
outage | 陈洁:投诉已经排队到140号了,怎么回人家?有没有统一口径 | note
outage | 我这里4G能打开 wifi不行 奇怪 | note
outage | 上一题我答错了,回到上一题 | ask 撤销
outage | 财务估下来退款加赔付 大约52万元,确认过的 | ask 直接经济损失（元）：46.8万元至57.2万元
outage | 听运营讲9点半左右就好了 我没验证 | form ongoing
judgement | 较严重吧 我和李伟商量过了 就这个 | form judgements
judgement | 选"特别严重" 我负责 李伟 | form judgements
judgement | 感觉蛮严重的... | form judgements
judgement | 没啥威胁 就一个测试库 假数据 | form judgements
judgement | 这个我判断不了 让赵敏来定 | cmd hand_over or ask 赵敏
judgement | 特别严重和严重差在哪里? 有标准吗 | view question
judgement | 你觉得呢机器人 你帮我选 | form judgements or view help or view question
judgement | 老板说不要写严重 写轻点 | note
judgement | 要是进销存也中了那就严重了 目前还没有证据 | note
judgement | 补充一下,报案了,黄浦分局网安支队,9:44,民警姓周 | ask 涉嫌犯罪，已报案
judgement | 好的好的 辛苦各位 | silent
judgement | 有点像是严重跟较严重中间 先按严重 | form judgements
judgement | 我投严重一票 你们呢 | form judgements
verdict | 谁打12387? | view script
verdict | 我来打 赵敏 | view script or form phone_report or cmd take_lead
verdict | 12387打过了 9:49接通的 工号他没说 | form phone_report
verdict | 12387一直占线 打了3遍 | note
verdict | 初报稿子发出来看看 | view text
verdict | 导出word 我要给老板签字 | view download
verdict | 较大?我怎么觉得够不上,凭啥判较大 | view why
verdict | 草稿第二段"网站被攻击"改成"疑似遭受攻击",其他我没意见 | view text or view draft or form wordings or ask 稿
verdict | 同意 可以报 | ask 稿 or cmd approve
verdict | 人数刚核完 不是12万是8.3万人 麻烦改一下 | ask 泄露公民个人信息涉及人数：8.3万人
verdict | 商城9:46恢复了 已验证下单支付都ok | form ongoing or ask 网站因攻击
verdict | 听说隔壁那家上个月迟报被罚了二十万 | note or silent
verdict | 泄露的里面可能有身份证照片 实名那张表王磊还在查 | note or ask 种类 or cmd fill_field
`;
