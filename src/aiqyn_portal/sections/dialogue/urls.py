from django.urls import path

from aiqyn_portal.sections.dialogue.views import answering, leading, reading

app_name = "dialogue"

urlpatterns = [
    path("dialogue/", reading.home, name="home"),
    path("dialogue/heads/<slug:slug>/", reading.head, name="head"),
    path("dialogue/bodies/<str:code>/", reading.body, name="body"),
    path("dialogue/questions/", reading.questions, name="questions"),
    path("dialogue/questions/<number:number>/", reading.question, name="question"),
    path("dialogue/questions/<number:number>/mark/", answering.mark, name="mark"),
    path("dialogue/questions/<number:number>/pass-on/", answering.pass_on, name="pass_on"),
    path("dialogue/questions/<number:number>/promise/", leading.promise, name="promise"),
    path("dialogue/work/", answering.work, name="work"),
    path("dialogue/answer/", answering.answer, name="answer"),
    path("dialogue/bodies/<str:code>/measures/", reading.measures, name="measures"),
    path("dialogue/bodies/<str:code>/head/", leading.appoint, name="appoint"),
    path("dialogue/heads/<slug:slug>/edit/", leading.present, name="present"),
    path("dialogue/heads/<slug:slug>/conference/", leading.announce, name="announce"),
    path("dialogue/conferences/", reading.conferences, name="conferences"),
    path("dialogue/conferences/<slug:slug>/", reading.conference, name="conference"),
    path("dialogue/conferences/<slug:slug>/call-off/", leading.call_off, name="call_off"),
    path("dialogue/conferences/<slug:slug>/results/", leading.results, name="results"),
    path("dialogue/conferences/<slug:slug>/promise/", leading.promise_at, name="promise_at"),
    path("dialogue/commitments/", reading.commitments, name="commitments"),
    path("dialogue/commitments/<int:pk>/", reading.commitment, name="commitment"),
    path("dialogue/commitments/<int:pk>/move/", leading.move, name="move"),
    path("dialogue/commitments/<int:pk>/news/", leading.news, name="news"),
    path("dialogue/commitments/<int:pk>/drop/", leading.drop, name="drop"),
]
