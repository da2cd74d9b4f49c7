/**
 * Lines by a fourth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * kitchen: `state | line | end | also`. At first try 69 of 110 ended as the stranger wanted, and 6 were recorded wrong. The end
 * added: a bare figure answers the question that was just asked.
 */
export const KITCHEN_ZH = `
system | 网上商城，刚确认 | fact system=shop
system | 库是同一台rds，商城跟进销存共用的，具体哪边进来的不知道 | ask 网上商城 or ask 进销存 or note
system | 如果erp也被进了是不是要另外报一个？ | note
system | 我看是误报吧，昨天同一条规则也告过 | ask 误报
system | 首报几点截止来着 | view status or view clocks
system | 客户8点50打400说收到诈骗短信，报得出他的订单号，我们这时候才知道的 | aware 31T08:50
system | 是供应商那边的物流系统，跟我们自己两套没关系 | fact system=other or ask 其他系统
system | ok | silent
system | 就是商城那套，别的没动静 | fact system=shop or ask 网上商城
system | 会员小程序算商城还是算别的系统？ | note or ask 网上商城
system | 不是进销存，这个刚排除掉 | ask 网上商城 or note
system | 泄的是120万会员的资料，姓名电话收货地址都有 | ask 120 or fact personal_info_people=1200000 | incident_type
system | 【阿里云】尊敬的用户：您的ECS实例i-uf6a3(shop-web-02)于2026-03-31 09:18:44检测到异常外联，目的IP 45.153.x.x:4444，请及时处理。 | ask 09:18 or ask 网上商城 or note
system | 商城和进销存里我更怀疑商城 | ask 网上商城
awareness | 不是9点20，是9点02，我看了告警邮件的收件时间 | aware 31T09:02 or ask 09:02
awareness | 9点一刻收到的短信告警 | aware 31T09:15
awareness | 9点我还登过后台，好好的 | note
awareness | 昨晚十点发的版，发完就不太对劲 | note or ask 22:00
awareness | 十点半 | ask 10:30 or ask 22:30
awareness | 网警打电话通知我们的，今天早上8点10分 | aware 31T08:10
awareness | 具体几点记不清了，反正是早上 | note or ask 不清楚
awareness | 客服昨天下午四点多其实接到过一个电话，当时没当回事 | ask 16:00
awareness | 九点二十 | aware 31T09:20 or ask 09:20
awareness | 客户周五就在微博上发了，我们今天早上才刷到 | note
awareness | 客服知道算公司知道吗？还是要到安全组才算 | note or view why
awareness | 李伟说他八点就知道了，你们问他 | ask 08:00
awareness | 收到，谢谢 | silent
type | 不好说，也可能是内鬼 | note or ask 不清楚
type | 被ddos了，流量打到40G | fact incident_type=attack.denial_of_service
type | 首页被人改成博彩页面了 | fact incident_type=attack.defacement or ask 网页篡改
type | 机房掉电，不是攻击 | fact incident_type=facility.technical or fact incident_type=facility.supporting or ask 故障
type | 勒索先排除了，没看到加密 | note
type | 挖矿，cpu跑满了，有个xmrig进程杀了又起来 | fact incident_type=malware.mining or ask 挖矿
type | 嗯嗯好的 | silent
type | 感觉像是被拖库了 | ask 泄露
type | 赵敏你看下这个算个人信息泄露还是算网络攻击 | note or silent
type | 数据泄露加网页篡改，两样都有 | ask 泄露 or ask 篡改
type | upload目录下面翻出来一个webshell，1.jsp，时间是3月29号的 | ask 后门 or ask 失陷 or note
type | 钓鱼邮件，财务那边有人点了还输了密码 | fact incident_type=attack.phishing
type | 有人在tg群里卖我们会员数据，截图我发王磊了 | ask 泄露 or note
type | 这是演练吗？ | note or view status or view help
people | 王磊说八十万，李伟说一百多万，你们俩对一下 | note or ask 80
people | 80w | ask 80 or fact personal_info_people=800000
people | 截至9点45导出来63.4万个不同的手机号 | ask 63
people | 一共120万条订单，去重下来是86万人 | fact personal_info_people=860000
people | 写错了，不是12万，是1.2万人 | fact personal_info_people=12000
people | 万一超过100万人是不是就算较大了？ | note or view why
people | 1000万以上？不可能，我们会员总共才两百来万 | ask 200 or note
people | 能不能导个word出来 | view download
people | 还在统计，没出来 | fact personal_info_people=unknown or ask 不清楚 or note
people | 商城首页也打不开了，9点50开始的 | running site_outage_minutes or ask 09:50
people | 一百二十万左右吧 我估的 | ask 120 or range personal_info_people 1200000 or fact personal_info_people=1200000
people | 里面有没有未成年人啊？ | note
people | 120万人 | fact personal_info_people=1200000
ongoing | 攻击是停了，但数据还挂在网上卖 | form ongoing or note or ask 持续
ongoing | 现在是几级了 | view why
ongoing | 已经停了，9点45我把那个接口下掉的 | form ongoing or span ongoing 0 09:45 or ask 09:45
ongoing | 能不能直接断啊？断了业务全停 | note
ongoing | 接口9:47下线了，效果还要再观察 | form ongoing or ask 09:47
ongoing | 我到了，王磊接班，前面的人去睡吧 | cmd hand_over or cmd add_person
ongoing | 那现在我该干啥啊 | view next
ongoing | 9点50以后没再看到外传 | form ongoing or ask 09:50
ongoing | 说不准，还在抓包看 | fact ongoing=unknown or ask 不清楚 or note
ongoing | 赵敏，律师几点能到 | silent or note
ongoing | 准备10点整断网 | note
ongoing | 没停，一直在往外传 | running ongoing
ongoing | 断断续续的，一会有一会没有 | running ongoing or ask 持续
ongoing | 没结束呢 | running ongoing
outage | 0 | ask 0 or fact site_outage_minutes=0
outage | 9点53恢复的…不对现在才52，看错了，9点43恢复的 | form ongoing or form site_outage_minutes or ask 09:43
outage | 李伟接手吧，我先眯一会 | cmd hand_over or cmd add_person
outage | 有点卡，但是能下单 | note or ask 没有
outage | 稿子好了没 | view text or view draft or view status
outage | 断了40分钟，已经好了 | fact site_outage_minutes=40
outage | 两个小时以内肯定能恢复 | note
outage | 好 | silent
outage | 还没恢复，开发说起码要到12点 | running site_outage_minutes or form ongoing or form site_outage_minutes
outage | 是域名解析出问题了，服务器没事 | note or form ongoing
outage | 从9点35开始打不开，到现在还没好 | running site_outage_minutes
outage | shop.prod availability 62.3% (09:00-09:50) 5xx=3187 p99=8.2s，grafana上截的 | note or ask 不能访问
outage | 9:10到9:38，28分钟，现在恢复了 | span site_outage_minutes 09:10 09:38
outage | 差不多半小时吧 | ask 30 or fact site_outage_minutes=30
judgement | 110打过了，警察说9点半以后去所里做笔录 | ask 报案 or form filing
judgement | 法务看过了，说没到较大 | ask 未达到较大 or form judgements
judgement | 最多也就到重大 | ask 较大 or ask 严重 or form judgements or note
judgement | 不严重吧 | ask 未达到较大 or form judgements
judgement | 老板意思是往小了报 | note
judgement | 我是赵敏，我的意见按较大研判 | ask 较大 or form judgements or form another_level
judgement | 未达到较大 | fact system_loss=none or ask 未达到较大 or form judgements
judgement | 你觉得呢 | note or view why
judgement | 肯定不是特别重大 | note or form judgements or ask 较大
judgement | 没到较大，但也不能掉以轻心，继续盯着 | fact system_loss=none or ask 未达到较大 or form judgements
judgement | 严重 | ask 严重 or form judgements
judgement | 这个我判断不了，问赵敏 | form judgements or ask 赵敏
judgement | 按较大走吧，我负责 | form another_level or cmd decide_level or ask 较大
judgement | 先定一般，有情况再往上升 | form another_level or ask 一般
judgement | 啥叫严重威胁？有没有个例子 | note or view why or view law or view question
verdict | 12387打了三遍都没人接 | note
verdict | 原因那项先写正在研判 | cmd fill_field or ask 原因
verdict | 等李伟看一眼再发 | note or silent
verdict | 措施：shop-web-02已断外网，管理员口令全部重置 | cmd fill_field
verdict | 现场保护：内存和磁盘都做了镜像，日志已封存 | cmd fill_field
verdict | 处置结束 | form end_handling
verdict | 攻击ip是45.153.204.17，境外的，荷兰的 | cmd fill_field or ask 线索 or ask 攻击者 or note
verdict | 都这样了不用报了吧？ | note or view why or view status
verdict | 那开始写首报吧 | form first_report or cmd compile_draft
verdict | 上海网信办电话多少，报给哪个处 | view owed
verdict | 提交给赵敏审批 | form request_approval or cmd request_approval or ask 稿
verdict | 用户那边要不要发通知？ | note or view owed
verdict | 已经在12387网站上报了，回执号2026-0331-09 | filing 2026-0331-09
`;
