/**
 * Lines by an eighth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them on the
 * stairs: `state | line | end | also`. Kept from the model of topics at first: about 72 % ended as the stranger's words say, 95 of
 * 110 where a form, a button or a read-back of the product stands for a record (101 where a note beside another button
 * counts); none was recorded wrong. The model has learned from them since.
 */
export const STAIRS_ZH = `
system | 商城 | fact system=shop
system | 就是卖货那个站啊 前台打不开了 | ask 网上商城
system | 进销存,商城没事我刚下了一单试过 | fact system=erp or ask 进销存
system | 两个都有,商城和进销存,共用一个库的嘛 | ask 网上商城
system | 不是商城!是会员app的后台 | fact system=other or ask 其他系统
system | 感觉像是仓库那套 我还没登进去看 | ask 进销存
system | 会不会是app那边的问题啊 | ask 其他系统
system | @王磊 哪个系统你说一下 | silent or note
system | 我人还在地铁上 十分钟到 | silent
system | 这机器人是干嘛的 | view help
system | 先别问我哪个系统,我就想知道最晚几点要报 | view status or view clocks
system | 9点05监控短信炸了我才知道的,商城的 | aware 31T09:05 | system
system | 上个月进销存也抽过一回风 那次是硬盘满了 | note or silent
system | 商诚 打错 商城 | fact system=shop
awareness | 早上八点四十,阿里云发的告警邮件 | aware 31T08:40
awareness | 9:12 客户打400进来说看到别人的订单,陈洁接的 | aware 31T09:12
awareness | 我是九点一刻看到群里才晓得的 之前谁先知道不清楚 | ask 09:15
awareness | 不对不对 是8:50不是9:50 手滑 | aware 31T08:50
awareness | 大概八点多吧,记不清了 | ask 08:
awareness | 昨晚十一点半值班的小孙就收到告警了,他以为是误报没吭声。。。 | aware 30T23:30
awareness | 告警是8点33推的,但我手机静音 9点才看见 | ask 8点33 or ask 08:33
awareness | 半小时前 | aware 31T09:22 or ask 09:2
awareness | 供应商那边打来的电话,时间我翻下通话记录 | note
awareness | 【监控】2026-03-31 08:57:14 prod-shop-web01 CPU 99% 连接数异常 级别:严重 | ask 08:57
awareness | 听说客服昨天下午就接到投诉了?@陈洁 | note or ask 3月30日
awareness | 这个知道算谁知道?算公司还是算我个人 | view question or view why
awareness | 帮我记一下8点33那条先不算,赵敏要看过再说 | note or cmd add_note
awareness | 赵敏你醒了没 | silent
awareness | 我八点二十就发现了,后台登不进去 密码全被改了 | aware 31T08:20
type | 勒索,桌面上全是.locked 还留了个readme要比特币 | fact incident_type=malware.ransomware
type | 数据泄露 有人在tg上挂我们的会员表卖 | fact incident_type=data.leak
type | 首页被人换成博彩了 妈的 | fact incident_type=attack.defacement or ask 网页篡改
type | 流量打到40个G,DDoS没跑了 | fact incident_type=attack.denial_of_service
type | 可能就是机房掉电,还不能说是攻击 | ask 故障
type | 我怀疑是钓鱼 财务小周上礼拜点过一个发票链接 | ask 网络钓鱼事件
type | 不是ddos啊别乱写,可能就是促销把自己打挂了 | ask 技术故障事件
type | webshell找到了,/upload/img/1.jsp,3月29号传上来的,人家进来两天了 | ask 后门 or ask 失陷 or ask 入侵
type | 会不会是内鬼 | note
type | 谁把投屏关一下 会议室的客户都看见了 | silent
type | 又是勒索又是泄露 选哪个 | view question or ask 勒索
type | 能选两个吗 | view question
type | 去年隔壁老张他们公司中的也是勒索 赔惨了 | note or silent
type | 我先把外网断了再说 你们别动那台机器 留证 | note
type | 木马,挖矿的那种,xmrig跑满了 | ask 木马 or ask 挖矿
people | 12万3千多个会员 | range personal_info_people 123000
people | select count(distinct user_id) = 1084377 | ask 1,084,377人
people | 最多不超过5000人 导出的文件就那么大 | range personal_info_people 4000 or ask 至多5,000人
people | 几十万肯定有的 | ask 20万至不足100万人
people | 会员总共230万 但泄露多少还不知道 | note or ask 230万人
people | 38万条记录,一个人可能好几条哦 | ask 38
people | 没有个人信息,那个库里只有sku和库存 | fact personal_info_people=0 or ask 0人
people | 姓名手机号收货地址都在里面,没有身份证 密码是加盐的 | note or ask 种类 or cmd fill_field
people | 银行卡号有没有漏?@王磊 查完吱一声 | silent or note
people | 刚才说的12万作废 重新跑出来是21万6 | fact personal_info_people=216000 or ask 21.6万
people | 对面吹牛说手上有500w条 不一定真 | ask 500万人
people | 超过多少人算重大来着 | view why
people | 数据还在跑 再给我二十分钟 | note or ask 提醒
people | 这题先跳过 | fact personal_info_people=unknown or ask 不清楚
ongoing | 还在继续,每分钟还有新ip在撞 | running ongoing
ongoing | 停了,9点38分切了cdn以后就没再来 | span ongoing 0 09:38 or form ongoing or ask 09:38
ongoing | 从凌晨3:17开始的,日志第一条就是 | running ongoing or ask 03:17
ongoing | 王磊说止住了,我还没验证 | form ongoing or ask 结束
ongoing | 应该是没了吧 这会儿曲线平了 | form ongoing
ongoing | 刚以为好了 又来了一波。。。 | running ongoing or form ongoing or ask 仍在持续
ongoing | 上周三就有人在试了,不过那次没成功,今天才进来的 | note
ongoing | 我已经打110报警了,派出所让我们等网安联系 9:41打的 | ask 报案 or form filing
ongoing | 要不要报警?法务说句话啊 | view owed or note
ongoing | 网安支队那边好像知道了 | ask 报案 or form filing
ongoing | 今晚如果还压不住就整个下线 | note
ongoing | 辛苦辛苦 早饭给你们点了 放前台 | silent
ongoing | 那几个加密进程kill掉了但不敢保证没有别的 | form ongoing or note
ongoing | 到现在为止都填了啥 发我看下 | view catchup
outage | 等恢复了再填这个吧 现在谁有空算 | note or ask 不清楚
outage | 8:25挂的 9:31起来的 | span site_outage_minutes 08:25 09:31
outage | 一个小时零十分 商城全站503 | fact site_outage_minutes=70
outage | 没宕机,一直能访问,就是慢 | fact site_outage_minutes=0 or ask 0分钟
outage | 差不多个把钟头吧 | ask 1小时 or ask 60 or form ongoing
outage | 现在还没起来!!从八点四十五到现在 | running site_outage_minutes
outage | 客户说昨天夜里两点就打不开了 没核实过 | ask 02:00 or form ongoing
outage | 财务估了下 少卖大概80万 | ask 损失
outage | 损失核过了,直接损失36.5万元,含退款 | fact direct_loss_cny=365000
outage | 老板问几点能恢复 谁回一下 | silent or note
outage | 断断续续的 怎么算时长啊 | view question or view why
outage | 刚那条点错了 撤回 | ask 撤销 or view answers
outage | 40分钟后提醒我再更新一次 | cmd snooze or ask 提醒40
outage | 不好意思各位,是演练环境,虚惊一场 | cmd withdraw_declaration or ask 误报
judgement | 特别严重 | form judgements
judgement | 我判严重威胁,责任我担 李伟 | form judgements
judgement | 选较严重那个吧,赵敏也同意了 | form judgements
judgement | 我觉得挺严重的。。但最后还是李伟拍板 | form judgements
judgement | 没啥威胁吧这个,就几条测试数据 | form judgements
judgement | 严重和较严重差在哪 举个例子 | view question
judgement | 别什么都往严重了写 上头看了要骂人的 | note or silent
judgement | 你不能替我判断一下吗 | form judgements or view help or view question
judgement | 机器人都比我淡定哈哈哈 | silent
judgement | 我要去开会了 后面交给赵敏 | cmd hand_over or left
judgement | 改一下,人数是9800不是98000,多打了个0 | fact personal_info_people=9800 or ask 9,800
judgement | 王磊:“这洞不补,全库都能拖走” 原话 | note
judgement | 涉及支付密码的话那肯定是特别严重啊 | form judgements or note
verdict | 较大?那是几个小时内报 | view status or view clocks
verdict | 12387我打过了 9点46 接线员姓刘 | form phone_report
verdict | 谁去打12387? | view script or view owed or view people
verdict | 把初报草稿发出来我看看 | view text
verdict | 导个word给我,我要转给总部法务 | view download
verdict | 打了三遍12387一直占线!! | note
verdict | 同意上报 赵敏 | cmd approve or ask 稿 or view text
verdict | 先别报,等老板批 | note or form not_reportable
verdict | 等会儿我来打热线 先把稿子给我念一遍 | view script or view text
verdict | 定成重大是不是太高了 依据是哪条 | view why or form another_level
verdict | 收到谢谢 | silent
`;
