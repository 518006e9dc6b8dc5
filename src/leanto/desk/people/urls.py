"""Sign-in, the second step, one's own account, and other staff."""

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView

from leanto.desk.people import views
from leanto.desk.site.access import Access, door

PUBLIC, ENTERING, STAFF, COORDINATOR = (
    Access.PUBLIC,
    Access.ENTERING,
    Access.STAFF,
    Access.COORDINATOR,
)

# The names are those by which the sign-in library finds its way.
urlpatterns = [
    door("sign-in/", LoginView.as_view(), name="account_login", access=PUBLIC),
    door("sign-in/code/", AuthenticateView.as_view(), name="mfa_authenticate", access=PUBLIC),
    door("welcome/<str:token>/", views.welcome, name="welcome", access=Access.WITH_LINK),
    door("sign-out/", LogoutView.as_view(), name="account_logout", access=ENTERING),
    door("confirm/", ReauthenticateView.as_view(), name="account_reauthenticate", access=ENTERING),
    door(
        "confirm/code/",
        ReauthenticateByCodeView.as_view(),
        name="mfa_reauthenticate",
        access=STAFF,
    ),
    door(
        "second-step/", views.SetUpSecondStep.as_view(), name="mfa_activate_totp", access=ENTERING
    ),
    door("account/", IndexView.as_view(), name="mfa_index", access=STAFF),
    door(
        "account/password/",
        views.ChangePassword.as_view(),
        name="account_change_password",
        access=STAFF,
    ),
    door(
        "account/recovery-codes/",
        ViewRecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
        access=STAFF,
    ),
    door(
        "account/recovery-codes/new/",
        views.MakeRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
        access=STAFF,
    ),
    door("staff/", views.staff, name="staff", access=COORDINATOR),
    door("staff/<uuid:person_id>/reset/", views.reset, name="reset_staff", access=COORDINATOR),
    door("staff/<uuid:person_id>/close/", views.close, name="close_staff", access=COORDINATOR),
]
