/**
 * Lines by a tenth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them in a
 * tunnel: `state | line | end | also`. Kept from the model of topics at first: 94 of 110 ended as wanted, where a form, a button
 * or a read-back of the product stands for a record. The model has learned from them since.
 */
export const TUNNEL_ZH = `
system | 商城 首页都打不开了 | fact system=shop
system | 进销存那边的 跟商城没关系 | fact system=erp
system | 会员app登不上去,网页版商城我刚下了一单没问题 | ask 其他系统
system | 俩都中了 商城跟进销存 一个都没跑掉 | ask 涉事系统：网上商城
system | 9点20阿里云告警短信我收到的,打开一看是web shop | aware 31T09:20 | system
system | 应该是商城吧,我人还在地铁上没看监控 | ask 涉事系统：网上商城
system | jxc-db-02 cpu 100% 一直下不来 | note or ask 进销存
system | 客户说点付款跳到一个菠菜网站去了。。。 | note or ask 网上商城 or ask 篡改
system | 先别问系统了 我们最晚几点要报? | view status
system | 机器人能不能安静五分钟 我们在电话会 | ask 推迟提醒5分钟
system | 刚才谁按的进销存?按错了 撤回 | ask 撤销
system | 上周三进销存也卡过一回,重启就好了 | silent or note
system | @王磊 在不在 接电话啊 | silent
system | 怎么每次都挑月底最后一天。。 | silent
awareness | 0920 监控报的警 | ask 获知时间：09:20 or aware 31T09:20
awareness | 客服这边最早一通投诉电话是九点零五分进来的,工单号CS-33871 | aware 31T09:05
awareness | 不对 不是9:20 我翻了下邮件是9:12收到的 供应商发来的 | aware 31T09:12 or ask 09:12
awareness | 今早八点三刻我到公司就发现了 服务器桌面上一个readme叫我们付钱 | aware 31T08:45
awareness | 昨晚23:40值班的小周就看到告警了,没上报…… | aware 30T23:40
awareness | 大概九点多吧 记不清了 | ask 获知时间：09:00
awareness | 半小时前?我手机上第一条未接来电是那会儿 | ask 获知时间：09:22
awareness | [Alertmanager] FIRING HighErrorRate shop-gateway 2026-03-31T01:18:42Z | ask 获知时间：09:18
awareness | 那个,法律上算知道是从告警开始还是从我们确认开始? | view question
awareness | 九点半提醒过我一次了 十点十五再叫我一下 | ask 推迟提醒23分钟
awareness | 这个案子转给李伟 我要去开庭了 | cmd hand_over or ask 李伟 or form people
awareness | 陈洁你那边电话录音别删 可能要用 | silent or note
awareness | 收到收到 我去翻记录 | silent
awareness | 要是9点前就知道那就超时了呀 大家想清楚再说 | note or silent
type | 勒索 文件后缀全变成.locked了 | fact incident_type=malware.ransomware
type | 数据泄露,暗网有人挂卖我们会员表,我对过前20条都是真的 | fact incident_type=data.leak
type | 就是ddos 峰值38G 高防已经在清洗了 | ask 拒绝服务事件
type | 不是攻击 机房空调坏了机器过热宕的 算故障 | ask 配套设施故障事件
type | 首页被换成骂人的图了,截图我存了,9点08开始的 | ask 网页篡改
type | 财务小刘点了钓鱼邮件 密码也输了 | ask 网络钓鱼事件
type | 感觉像被人进来了,有个没见过的root登录 ip是境外的 | ask 失陷主机事件
type | 会不会是木马啊 杀毒一直在弹 | ask 特洛伊木马事件 or ask 其他恶意程序事件
type | 供应商说可能他们也泄了 还在查 没给准话 | note or ask 泄露
type | 误报!!是安全部自己在做渗透演练,别往上报 | cmd withdraw_declaration or ask 误报撤回
type | 入侵跟恶意程序选哪个?有啥区别 两个都像 | view question
type | 到目前为止记了些什么 发我看看 | view catchup
type | 我们没有被勒索哈 外面别乱传 | note or silent
type | 哈哈哈 类型:老板要裁人型 | silent
people | 3.2万 刚从库里count出来的 | fact personal_info_people=32000
people | 一共118,406个会员,去过重了 | fact personal_info_people=118406
people | 没有个人信息,那个库只有sku和库存 | ask 泄露公民个人信息涉及人数：0人
people | 两万六千人 不是上面说的两千六 我少打个零 | fact personal_info_people=26000
people | 泄的有姓名手机号收货地址,密码是加盐hash没明文 | note or ask 种类 or cmd fill_field
people | 一百来万吧 我们注册用户总共就这么多 | ask 泄露公民个人信息涉及人数：90万至110万人
people | 估计万把人?要等王磊跑完sql | ask 泄露公民个人信息涉及人数：9,000至1.1万人
people | rows: 48213 order_2026Q1.csv | ask 泄露公民个人信息涉及人数：48,213人
people | 今天已经接了67个电话了 嗓子都哑了 | silent or note
people | 超过100万是不是就算重大了? | view why
people | 人数晚点补 先跳过这题 | ask 泄露人数：不清楚
people | 导一份word给我 我要拿去给张总签字 | view download
people | 去年那次泄了5万人 报了三天才弄完 这次别再这样 | note or silent
people | 我也在里面吧 我上个月还买了个锅 | silent
ongoing | 还在打 没停 | running ongoing
ongoing | 从早上8:50一直到现在 流量没下来过 | running ongoing
ongoing | 9点41停的,对方ip全封了之后就没动静了 | form ongoing
ongoing | 停了,我刚把网线拔了 09:47 | form ongoing
ongoing | 凌晨两点十分到三点整 他在里面待了五十分钟 日志都对得上 | span ongoing 02:10 03:00
ongoing | 刚给12387打完电话 占线 第二次通了 登记号 20260331-0072 | form phone_report
ongoing | 好像停了 又好像没停 页面时好时坏 | note or ask 持续 or form ongoing or ask 仍在
ongoing | 日志里最早一条是3月28号的 但那台机器时间不准 | ask 3月28日 or form ongoing
ongoing | 我看应该差不多结束了吧 | form ongoing
ongoing | 上一条删掉 我看的是测试环境 | ask 撤销
ongoing | 给我看下初报草稿 现在能出多少出多少 | view text
ongoing | 十点如果还没停就把商城整个下线 | note
ongoing | 老王你别重启!!先做镜像留证据 | silent or note
ongoing | 稍等 在看 | silent
outage | 35分钟 9:10到9:45 现在已经能下单了 | span site_outage_minutes 09:10 09:45
outage | 商城压根没断过 就是慢 | ask 网站因攻击、故障不能访问的时长：0分钟
outage | 一个半小时了,八点二十挂的,还没起来 | running site_outage_minutes or ask 08:20
outage | 断了20min左右 nginx日志里5xx从09:14:03开始 09:33:50结束 | span site_outage_minutes 09:14 09:33
outage | 损失先按直播间退款算 已经退了43万6 财务给的数 | ask 直接经济损失（元）：43.6万元
outage | 九点三十八恢复的 我盯着呢 | form ongoing
outage | 快一个小时了好像?群里最早喊挂了是几点来着 | ask 网站因攻击、故障不能访问的时长：至多1小时
outage | 客户说从昨天晚上就打不开,不过他家网也不好 | form ongoing
outage | 估摸着亏了五六十万,老板问起来别说是我讲的 | note or ask 损失
outage | 倒计时还剩多少 | view status
outage | 中断时长按全站算还是单个接口算啊 支付接口挂了别的没挂 | view question
outage | 上个月升级那次停了四个小时也没人管 | silent or note
outage | 预计再有15分钟能起来 | note
outage | 陈洁那边话术统一一下 就说系统维护 别说被黑 | silent or note
judgement | 特别严重 选这个 | form judgements
judgement | 我和李伟商量过了 定"较严重" | form judgements
judgement | 法务意见:构成严重威胁。理由后补。 | form judgements
judgement | 没有威胁 就一台测试机 已经隔离了 | form judgements
judgement | 派出所报过了 浦东网安支队 陆警官 9:35 | ask 涉嫌犯罪，已报案
judgement | 我觉得挺严重的 但我不懂技术哈 | form judgements
judgement | 比较严重or严重 你们定 我倾向后面那个 | form judgements
judgement | 张总说"没什么大不了的" 原话 | note or form judgements
judgement | 判断标准是什么 哪一条写的 给我看条文 | view why
judgement | 这个我判断不了,等赵敏上来让她点 | cmd hand_over or ask 赵敏
judgement | 改成不严重 刚点错了 | form judgements or ask 撤销
judgement | 真严重的话我今晚的票又白买了 | silent
judgement | 网上已经有人发小红书了 点赞两百多 | note
judgement | 辛苦各位 中午我请 | silent
verdict | 12387谁打?几点之前 | view script or view status
verdict | 我来打 赵敏你把要念的稿子发我 | view script
verdict | 初稿我看过了,第三段"黑客"改成"未授权访问",其他同意 | ask 稿 or cmd approve
verdict | 批准 报吧 | ask 稿 or cmd approve
verdict | 凭啥是较大 不是一般?依据列出来 | view why
verdict | 已报。网信办那边10:02收的 回执截图在赵敏邮箱 | form filing
verdict | 人数改一下 王磊跑完了 实际是9871人 | fact personal_info_people=9871
verdict | 报警了没?没报的话我现在去 | silent or view owed or ask 报案
verdict | 身份证号也在里面,刚确认的,大概三百多条 | ask 泄露公民个人信息涉及人数：300至399人
verdict | 供应商那边好像已经自己报过了 要不要我们再报 | note or view owed
verdict | 对方要0.8个比特币 我们不付 | note or ask 勒索
verdict | 我是外包的 这种要不要跟我们公司那边也说一声? | note or silent
`;
