from django.urls import path

from aiqyn_portal.sections.dialogue.views import reading

app_name = "dialogue"

urlpatterns = [
    path("dialogue/", reading.home, name="home"),
    path("dialogue/heads/<slug:slug>/", reading.head, name="head"),
    path("dialogue/questions/", reading.questions, name="questions"),
    path("dialogue/questions/<str:number>/", reading.question, name="question"),
    path("dialogue/conferences/", reading.conferences, name="conferences"),
    path("dialogue/conferences/<slug:slug>/", reading.conference, name="conference"),
    path("dialogue/commitments/", reading.commitments, name="commitments"),
    path("dialogue/commitments/<int:pk>/", reading.commitment, name="commitment"),
]
