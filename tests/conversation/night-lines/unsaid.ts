/** Lines of which nothing may be recorded, whatever is asked: denials, hearsay, plans, other incidents, questions, quotations, bounds. */
export const UNSAID = `
商城没事，别看商城了
进销存应该没中招
听说商城也被搞了，没证实
赵敏说可能是进销存
不会是商城吧
商城上个月也挂过一次
隔壁公司的商城昨天被黑了
竞争对手的网上商城也被打了
"商城已被攻击"，群里有人这么传
要是商城挂了我们就完了
幸好不是商城
是商城还是进销存啊
商城和进销存哪个先坏的
我在给商城做备份
商城那边我还没查
等会儿看下进销存
我怀疑商城，先别记
除了商城都有可能
商城是好的呀我刚买了东西
进销存昨天刚升级
你说商城？我看不像
谁负责商城来着
商城的人联系上没
王磊去看进销存了
商城的备份在哪
不一定是商城
商城的测试环境崩了，不是生产
进销存那台测试机，没连生产
上次进销存中毒是八点二十发现的
告警一般八点发
我八点二十才起床
八点二十的地铁
会议是九点半开
九点半要跟网信办通电话
昨晚九点我还在看，一切正常
八点半备份跑完了，没异常
凌晨两点的定时任务
攻击者是凌晨两点进来的
黑客说他八点就进来了
隔壁公司九点收到的勒索信
如果九点就知道那就迟了
要是8点50就看到了多好
陈洁可能九点知道的
好像是九点零几分
据说八点四十就有客户投诉了
谁说是九点的
九点还是九点半来着
不是九点
不是9点20发现的
9:20那个是另一件事
9点20的告警是误报
那个九点二十的告警跟这个没关系
9点20那会儿我在吃早饭
供应商8点就知道了但没告诉我们
供应商那边九点发现的，没通知我们
日志时间是UTC 01:12
纽约时间21点10分收到邮件
告警写的是01:10Z
8点50还是9点10，两个人说法不一样
监控记录9:05，陈洁说9:12
邮件8:47发的，我9:03才看
预计十点恢复
十点前应该能好
还要半小时才能起来
大概还得20分钟
重启要15分钟
计划停机30分钟
昨天割接停了两小时
上周五停了40分钟
上个月中断过三小时
客户说断了两个小时，我不信
有人说停了半小时
停了多久？半小时有吗
没停半小时那么久
不是停了四十分钟，别乱写
停了20分钟还是40分钟？
"中断120分钟"——这是供应商通报里写的他们自己的平台
竞对网站挂了一小时哈哈
我电脑卡了十分钟
我开车要40分钟
我四十分钟后到
会开了一个小时
还有四十分钟到期
12387打了二十分钟才通
等了五十分钟没人接
从8点50到9点25我在开会
8点到9点是交接班
九点到九点半的会取消了
如果停超过60分钟就算较大吗
断断续续的，一会儿好一会儿坏
一共120万会员，泄了多少不知道
库里有60万条，没说都丢了
黑客说有200万
黑客在暗网吹有两百万
去年泄露过2万人
上次那个事是3000人
不是一万人
没有一万人那么多
不到一万吧可能
我猜八千
八千？一万？说不好
到底是五千还是五万
测试库，5000条假数据
5万条日志
我们公司有800人
群里有17个人
客服接了300通电话
来了五个警察
三个人在查
要是超过一百万人就是重大了
一百万人以上才算吧
万一泄露十万人怎么办
赵敏让我们先写五万人
老板说报少点，写500人
备份里有80万但没丢
其中3000是员工
一个人可能有三条记录
库里120万，其中一部分被导出
王磊说一万多
可能涉及2万用户，待核
10086发短信来了
端口8080开着
工号3321
受理号20260331
订单号88120033
10.20.3.14那台
服务器内存128G
损失不知道，可能几十万
一小时能亏8万
每天流水30万
上次赔了20万
对方要50万赎金
赎金3个比特币
老板说亏十万以上就得上董事会
服务器花了15万买的
奶茶25块一杯
会不会亏100万啊
没损失50万
不是勒索
没有被勒索
勒索？应该不是
如果是勒索就惨了
上次是勒索，这次不知道
隔壁公司中了勒索
像是DDoS但也可能是发版
不是ddos，流量正常
有可能是内鬼泄露数据
是数据泄露还是入侵？
王磊觉得是挖矿
别写数据泄露，还没查清
不能算数据泄露吧
怎么才算网页篡改
排除勒索软件
勒索软件演练是下周
钓鱼演练邮件，大家别点
昨天的钓鱼邮件培训谁去了
要是数据泄露就得报了
"数据泄露"四个字先别往外说
还没停呢吧
停了吗
还在打吗
他们还在里面吗
还在等厂商
还在路上
还没吃饭
应该停了
好像停了又好像没停
不知道停没停
王磊说停了
供应商说他们那边恢复了
隔壁还在漏
水管还在漏
雨还在下
争取十点停掉
等我十点去拔线
如果还在继续就断网
昨天九点停过一次电
九点停的电是大楼的
9点40重启我的笔记本
九点四十开的门
特别严重？不至于
老板说别搞太严重
严重的话要报几小时
我觉得严重，你们定
较大还是重大
不是较大
如果定较大呢
昨天报警了吗
还没报警
要不要报警
报警的事赵敏待会去
别报警
谁报的警
警察来了吗
12387我还没打
等我打完12387再说
12387谁打
打了12387没人接
先别发
别发出去
先不要报
等赵敏看完再发
还没批
批了吗
赵敏批没批
不同意
我不同意发
这稿子不行
不是误报
是误报吗
会不会是误报
上次是误报
要是误报就好了
希望是误报
误报率太高了这破系统
哈哈哈真棒，又是周二
真"及时"，九点就报警了，哈
太好了，又泄露一百万，奖金没了
呵呵，恢复了，恢复个鬼
"恢复了"？逗我呢
李伟八点问过我
八点四十五陈洁给我发的红包
我妈八点半打电话来
我妈九点打电话问我吃没吃
刚接到快递电话
刚收到10086的短信
领导九点打电话骂我
工行九点二十发的验证码短信
媒体十点要来采访
明天九点复盘
下周三9点演练
八点四十还是九点四十,王磊你记得吗
8:47发的,9:03看的,哪个算
应该在九点到九点半之间
九点前后吧,不敢打包票
最早也得九点以后
不会早于八点半
陈洁九点说的,李伟说他八点五十就晓得
供应商邮件8:30,客户电话9:10
告警8:50,确认是9:20
伦敦时间凌晨一点多
印度那边六点二十发现的
UTC 00:55的日志
服务器时钟慢了8小时,写的01:05
九点二十(不准,表快)
你要是非要我说就写九点吧
先填个九点占位
随便填个9:00
假设九点知道的,几点截止
九点知道的话就是十三点前报?
为什么写九点二十?谁填的
九点二十是谁填的
9:20这个数哪来的
把9:20改掉,不对
9:20删了吧
不要记9:20
别把九点十分记进去
这不是得知时间
不算得知,只是听说
网上有人九点发帖,我们没人看到
那条告警九点进的垃圾箱,没人看
停了多久我哪知道
别写半小时
四十五分钟是王磊猜的
客服估的二十分钟
外包说断了一刻钟,他们老夸张
监控说3分钟,客户说30分钟
断了三分钟还是三十分钟看不清
前天断过25分钟
要停十分钟维护
准备停一小时
会停半小时左右吧
从9点开始维护
十点停机
如果断了三十分钟算较大吗
三十分钟以上才要报
你写的47分钟不对
47分钟?太多了
没有47分钟
谁说五万人的
五万是总数
五万这个数先别写
五万条里重复一大半
库里五万,泄露几条不知道
五万人是集团全部
表里有五万行
五万人?那是另一个库
一万人以下不用报吧
如果是五万人呢
五万的数是黑客给的
帖子标题写5万用户
"5万会员数据打包出售",帖子标题
两千人上限吧可能
七八千?七八万?
员工3000人要不要算
我们店一共3000个会员
竞对泄露了三百万人
去年我们丢过三千人的
损失多少财务还没算
要是赔一百万谁出
罚款最高一千万?
最多罚一千万
勒索信说五十万
五十万是他们开的价
预算五十万
保险能赔一百万
"损失上亿",公众号瞎写
不是数据泄露
还不能叫数据泄露
数据泄露还是攻击,还没定
谁选的数据泄露
怎么选成勒索了
勒索删掉
别选ddos
上次选的ddos,这次不是
培训讲过勒索怎么处置
这像去年那次钓鱼
隔壁中了勒索病毒
如果是网页篡改要报吗
还没确认是不是入侵
王磊猜是挖矿
老板说别写攻击
商城吗?不是吧
不要选商城
别选进销存
商城选错了
谁选的商城
如果商城也中了就完了
商城的人都睡了
商城页面挺好看的
商城那次是去年的事
进销存下周要换
进销存的供应商联系不上
进销存正常
两个系统都正常
商城应该没事吧
the shop is fine, stop looking at the shop
shop should be ok I think
I hear the shop got hit as well, not confirmed
Zhao Min says it may be the stock system
surely not the shop
the shop was down last month as well
our competitor's web shop got hacked yesterday
"the web shop has been attacked" is what people write on weibo
if the shop goes down we're done
glad it isn't the shop
is it the shop or the stock system
which broke first, shop or stock
I'm backing up the shop
haven't checked the shop yet
will look at the stock system in a bit
my money is on the shop, don't write it down
anything but the shop
shop works for me, just bought socks
the stock system was upgraded yesterday
the shop? doesn't look like it
who owns the shop again
did anybody reach the shop team
Wang Lei went to look at the stock system
where are the shop's backups
not necessarily the shop
it's the shop's staging, not production
stock system test box, not connected to prod
last time stock got infected we noticed at 8:20
alerts usually come at 8
I only woke up at 8:20
my train is at 8:20
meeting is at 9:30
call with the CAC at 9:30
at 9 last night I looked and all was normal
backup finished 8:30, nothing odd
the 2 am cron job
attackers got in at 2 am
the hacker says he was in since 8
the company next door got its ransom note at 9
if we had known at 9 we would be late
had we only seen it at 8:50
Chen Jie may have known at 9
I think it was 9 something
customers supposedly complained since 8:40
who said 9
was it 9 or 9:30
not at 9
it was not 9:20 when we noticed
9:20 was a different thing
the 9:20 alert was a false positive
the 9:20 alert has nothing to do with this
at 9:20 I was having breakfast
the supplier knew at 8 but didn't tell us
vendor noticed at 9, nobody informed us
mail came 21:10 New York time
alert reads 01:10Z
8:50 or 9:10, two people say two things
monitoring has 9:05, Chen Jie says 9:12
mail sent 8:47, I read it at 9:03
expect it back at 10
should be up by 10
another half hour till it's up
needs about 20 more minutes
restart takes 15 minutes
planned downtime of 30 minutes
yesterday's cutover took two hours
last friday it was down 40 minutes
we had a three hour outage last month
customer says two hours, I don't believe it
somebody said half an hour down
how long was it, half an hour?
it wasn't down for half an hour
not 40 minutes, don't write that
20 minutes or 40?
"120 minutes of downtime" is from the vendor's notice on their own platform
amazon was down for an hour lol
my laptop froze for ten minutes
40 minutes by car
I'm there in 40 minutes
the call took an hour
40 minutes left
took 20 minutes to get through to 12387
50 minutes on hold, nobody picked up
from 8:50 to 9:25 I was in a meeting
8 to 9 is shift change
the 9 to 9:30 meeting is cancelled
would more than 60 minutes make it major
on and off all morning
1.2 million members in total, no idea how many are out
the table has 600k rows, nobody says they're all gone
the hacker claims 2 million
attacker brags about two million users on the dark web
last year it was 20,000 people
that other incident had 3000 people
not ten thousand
nowhere near 10,000 people
less than 10k maybe
my guess is 8000
8000? 10,000? hard to say
is it 5 thousand or 50 thousand
test db with 5000 fake people
50,000 log lines
we employ 800 people
17 people in this chat
support took 300 calls
five cops showed up
three people are on it
over a million people would be particularly serious, right
more than a million and it's level one
what if a hundred thousand people are in it
Zhao Min wants us to write 50,000 for now
boss says report less, write 500 people
backup has 800k but that is safe
3000 of them are staff
one person may have three records
1.2m in the table, part of it was exported
Wang Lei said ten thousand or so
may concern 20,000 users, to be checked
port 8080 is open
badge 3321
receipt 20260331
order 88120033
the 10.20.3.14 box
server has 128 GB
loss unknown, maybe a few hundred thousand
we could lose 80k an hour
daily turnover is 300k rmb
last time we paid 200k
they want 500k ransom
3 btc ransom
boss says anything above 100k rmb goes to the board
that server cost us 150,000 yuan
milk tea is 25 yuan now
will we lose a million?
we did not lose 500k
not ransomware
no ransomware here
ransomware? don't think so
if it's ransomware we're toast
last time it was ransomware, this time no idea
the neighbours got ransomware
looks like ddos but could be the deploy
not a ddos, traffic is normal
may be an insider leaking data
data leak or intrusion?
Wang Lei thinks it's mining
don't write data leak, not clear yet
you can't call that a data leak
what counts as defacement
ransomware ruled out
ransomware drill is next week
phishing drill mail, don't click
who went to yesterday's phishing training
if it's a data leak we have to report
keep the words "data leak" out of the chat
has it stopped
is it still going on
are they still in
still looking
still waiting for the vendor
still on my way
still no breakfast
should have stopped
seems stopped, then again maybe not
no idea if it stopped
Wang Lei says it stopped
vendor says their side is restored
the neighbours are still leaking
my kitchen tap is still leaking
it's still raining
aim to stop it by 10
wait until I pull the cable at 10
if it goes on we cut the network
it's not still going on
power was out at 9 yesterday
the building's power went out at 9
rebooted my laptop 9:40
opened the doors at 9:40
particularly serious? come on
boss says don't make it too serious
if serious, how many hours
I'd say serious but you decide
major or particularly major
not major
and if we call it major
was the police told yesterday
police not told yet
should we call the police
Zhao Min goes to the police later
don't call the police
who called the police
are the police here
haven't called 12387
after I've called 12387
who calls 12387
called 12387, nobody answered
don't send yet
do not send it out
don't report it yet
send after Zhao Min has read it
not approved yet
approved?
has Zhao Min approved
I don't agree
I disagree with sending
this draft is no good
not a false alarm
is it a false alarm
could it be a false alarm
last time it was a false alarm
I wish it was a false alarm
hoping for a false alarm
this tool gives too many false alarms
great, another tuesday
how "prompt", alert at 9, bravo
wonderful, another million leaked, there goes my bonus
restored my ass
"restored"? you're kidding
Li Wei asked me at 8
Chen Jie sent me a red packet at 8:45
my mum called at 8:30
my mom rang at 9 asking if I had eaten
just got a call from the courier
just got a text from my bank
the boss called at 9 to yell at me
bank sent the code at 9:20
press comes at 10
post mortem tomorrow at 9
drill next wednesday 9 am
he's in the 9 o'clock standup
from 8 to 9 support is closed
sarah's flight lands 9:20
the site of our competitor has been down since 8:50
google has been down since 9
my internet at home was down from 8 to 9
they told the other team at 9:10
the ceo learned of it at 9:05 on the golf course, or so he says
8:40 or 9:40, Wang Lei do you remember
sent 8:47, read 9:03, which one counts
somewhere between 9 and half past
around 9, wouldn't swear to it
after 9 at the earliest
not before half eight
Chen Jie says 9, Li Wei says he knew 8:50
supplier's mail 8:30, customer's call 9:10
alert 8:50, confirmed 9:20
1 something am London time
India saw it 6:20
00:55 UTC in the log
server clock is 8 hours slow, it shows 01:05
9:20, but my watch is fast
if you insist write 9
put 9:00 as a placeholder
just enter any time, say 9:00
suppose we knew at 9, when is it due
known at 9 means due at 1 pm?
why does it say 9:20, who entered that
who typed 9:20
where does 9:20 come from
change the 9:20, it's wrong
delete the 9:20
don't log 9:20
do not record 9:10
that's not when we knew
that isn't awareness, only a rumour
somebody tweeted at 9, none of us saw it
alert went to spam at 9, nobody read it
how should I know how long it was down
don't write half an hour
45 minutes is Wang Lei's guess
support guesses 20 minutes
contractor says a quarter of an hour, they always exaggerate
monitoring says 3 minutes, customers 30
3 or 30 minutes, can't read it
25 minutes the day before yesterday
needs a ten minute stop for maintenance
going to take it down for an hour
will be off half an hour or so
maintenance from 9
shutdown at 10
if it's down 30 minutes is that major
only above 30 minutes you have to report
your 47 minutes are wrong
47 minutes? too much
it was not 47 minutes
who said 50,000 people
50k is the total
don't write 50k yet
half of the 50k are duplicates
50k in the db, no idea how many are out
50k is the whole group
the table has 50k rows
50k people? that's another db
under 10k we don't report, do we
what if it's 50k
the 50k is from the hacker
post title says 50k users
"50k member records for sale", says the post
2000 tops maybe
7 or 8 thousand? or 70 thousand?
do our 3000 staff count
our store has 3000 members
competitor leaked 3 million people
we lost 3000 people's data last year
finance hasn't counted the loss
who pays if it's a million
is the max fine 10 million
fine up to 10 million
500k is what they want
budget is 500k
insurance would pay a million
"losses in the millions", some blog writes
not a data leak
can't call it a leak yet
leak or attack, not decided
who picked data leak
why does it say ransomware
remove ransomware
don't pick ddos
last time we picked ddos, not this time
training covered ransomware
reminds me of the phishing last year
next door got ransomware
do we report defacement
not confirmed if it's an intrusion
Wang Lei's guess is mining
boss says don't write attack
shop? nah
don't pick the shop
please not the stock system
shop was the wrong tap
who picked the shop
if the shop is hit too we're dead
shop people are asleep
the shop page looks nice
that shop thing was last year
stock system gets replaced next week
can't reach the stock system's vendor
stock system is fine
both systems are fine
shop should be fine
8:30到9:10开会
从8点开始值班
9:20那条告警是测试
the 9:20 alert was a test
防勒索软件没报
钓鱼邮件培训
数据泄露的培训是9点
`;
